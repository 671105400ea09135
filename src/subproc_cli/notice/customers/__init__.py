"""Who gets notices: the file of customers, their terms, and which changes concern them."""

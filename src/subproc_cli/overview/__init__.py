"""The registry as tables: services, one service in full, the matrix of data, categories, places."""

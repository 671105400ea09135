"""One format of files in a module, and what two formats share."""

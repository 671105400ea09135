"""The command line: one command a file; only here is anything read, written or printed."""

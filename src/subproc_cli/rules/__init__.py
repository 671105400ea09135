"""The rules of `check`: the engine, suppressions, configuration and report."""

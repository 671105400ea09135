"""A run of `subproc notice`: what it checks first, and the folder that it writes."""

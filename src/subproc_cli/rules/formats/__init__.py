"""The formats that CI systems read findings in."""

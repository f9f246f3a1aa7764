"""What the Python models share: the protocol of docs/models.md, the kernel, HTTP, clocks and counters."""

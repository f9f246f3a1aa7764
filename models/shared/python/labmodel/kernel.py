def kernel(rounds: int) -> int:
    """The 32-bit xorshift that every language computes. Plain Python on purpose: it holds the GIL."""
    x = 2463534242
    for _ in range(rounds):
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
    return x

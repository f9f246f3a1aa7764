package shared

import "time"

// Kernel is the computing part of a request. Not inlined, so that it costs the same wherever it is called.
//
//go:noinline
func Kernel(rounds int) uint32 {
	x := uint32(2463534242)
	for i := 0; i < rounds; i++ {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
	}
	return x
}

var keep uint32

// calibrate gives the rounds per millisecond: the best of many short tries, since disturbances only ever slow it down.
func calibrate() float64 {
	const rounds = 2_000_000
	best := 0.0
	for end := time.Now().Add(400 * time.Millisecond); time.Now().Before(end); {
		start := time.Now()
		keep += Kernel(rounds)
		if rate := rounds / milliseconds(time.Since(start)); rate > best {
			best = rate
		}
	}
	return best
}

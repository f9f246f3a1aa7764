package shared

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"sync/atomic"
	"time"
)

func runHash(model Model, w Workload) {
	buffer := make([]byte, w.Bytes)
	for i := range buffer {
		buffer[i] = byte(i*31 + 7)
	}
	expected := sha256.Sum256(buffer)
	tries := make([]float64, 5)
	for i := range tries {
		start := time.Now()
		if sha256.Sum256(buffer) != expected {
			fail("two hashes of one buffer differ")
		}
		tries[i] = milliseconds(time.Since(start))
	}
	sort.Float64s(tries)
	say("ready", struct{}{})

	for line := range commands() {
		now := w.with(line)
		var wrong int32
		result := burst(model, now.Tasks, func() {
			if sha256.Sum256(buffer) != expected { // the comparison also keeps the work from being optimised away
				atomic.AddInt32(&wrong, 1)
			}
		})
		if wrong > 0 {
			fail("%d hashes of one buffer differ", wrong)
		}
		result.Digest = hex.EncodeToString(expected[:])
		result.SingleMs = tries[2]
		say("result", result)
	}
}

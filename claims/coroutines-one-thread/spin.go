// Two goroutines that only compute, on one processor of the scheduler and on as many as there are.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const patience = 20 * time.Millisecond

var sink atomic.Uint32

// A chain in which each step needs the one before: two of them do not share the units of one core.
func spin(rounds int) {
	x := uint32(2463534242)
	for i := 0; i < rounds; i++ {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
	}
	sink.Add(x)
}

func milliseconds(took time.Duration) float64 { return float64(took.Nanoseconds()) / 1e6 }

func onOne(rounds, repeats int) []float64 {
	runtime.GOMAXPROCS(1)
	times := make([]float64, repeats)
	for repeat := range times {
		var wg sync.WaitGroup
		start := time.Now()
		for i := 0; i < 2; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				spin(rounds)
			}()
		}
		wg.Wait()
		times[repeat] = milliseconds(time.Since(start))
	}
	return times
}

// Before each repeat the two wait for each other without sleeping, as long as patience lasts: how long a sleeping
// thread takes to be given a core by the system is no business of the coroutines. The time is from the first start to
// the last end.
func onAll(processors, rounds, repeats int) []float64 {
	runtime.GOMAXPROCS(processors)
	var wg sync.WaitGroup
	var arrived atomic.Int64
	starts, ends := make([][2]time.Duration, repeats), make([][2]time.Duration, repeats)
	begin := time.Now()
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for repeat := 0; repeat < repeats; repeat++ {
				arrived.Add(1)
				late := time.Since(begin) + patience
				for arrived.Load() < int64(2*repeat+2) && time.Since(begin) < late {
				}
				starts[repeat][i] = time.Since(begin)
				spin(rounds)
				ends[repeat][i] = time.Since(begin)
			}
		}(i)
	}
	wg.Wait()
	times := make([]float64, repeats)
	for repeat := range times {
		start, end := starts[repeat], ends[repeat]
		times[repeat] = milliseconds(later(end[0], end[1]) - earlier(start[0], start[1]))
	}
	return times
}

func main() {
	var asked struct {
		Rounds, Repeats, Tries int
		Enough                 float64
	}
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &asked); err != nil {
		panic(err)
	}
	all := runtime.GOMAXPROCS(0)
	one, many := math.Inf(1), math.Inf(1)
	for try := 0; try < asked.Tries && !(one/many >= asked.Enough); try++ {
		many = math.Min(many, least(onAll(all, asked.Rounds, asked.Repeats)))
		one = math.Min(one, least(onOne(asked.Rounds, asked.Repeats)))
	}
	answer, err := json.Marshal(map[string]any{"oneMs": one, "manyMs": many, "processors": all})
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"result\":%s}\n", answer)
}

func later(a, b time.Duration) time.Duration {
	if a > b {
		return a
	}
	return b
}

func earlier(a, b time.Duration) time.Duration {
	if a < b {
		return a
	}
	return b
}

func least(times []float64) float64 {
	found := math.Inf(1)
	for _, ms := range times {
		found = math.Min(found, ms)
	}
	return found
}

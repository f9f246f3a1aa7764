// Goroutines that add to one counter: unsynchronised, and with three cures. What arrived, and what an update cost.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

const goroutines = 8

// A processor that another program keeps busy comes late.
const patience = 50 * time.Millisecond

var plain int64

// Gives what was counted and the time of one update in ns. The first goroutines, one for each processor, spin until all
// of them run: without that the first may have done its whole share before a second processor wakes up.
func count(each int, add func(), read func() int64) (int64, float64) {
	var running atomic.Int64
	var done sync.WaitGroup
	together := int64(runtime.GOMAXPROCS(0))
	if together > goroutines {
		together = goroutines
	}
	begin := time.Now()
	var started atomic.Int64
	for g := 0; g < goroutines; g++ {
		done.Add(1)
		go func() {
			defer done.Done()
			running.Add(1)
			for running.Load() < together && time.Since(begin) < patience {
			}
			started.CompareAndSwap(0, int64(time.Since(begin)))
			for i := 0; i < each; i++ {
				add()
			}
		}()
	}
	done.Wait()
	counted := read()
	ns := int64(time.Since(begin)) - started.Load()
	return counted, float64(ns) / float64(each*goroutines)
}

func unsynchronised(each int) (int64, float64) {
	plain = 0
	return count(each, func() { plain++ }, func() int64 { return plain })
}

func withMutex(each int) (int64, float64) {
	var lock sync.Mutex
	var counter int64
	add := func() {
		lock.Lock()
		counter++
		lock.Unlock()
	}
	return count(each, add, func() int64 { return counter })
}

func withAtomic(each int) (int64, float64) {
	var counter atomic.Int64
	return count(each, func() { counter.Add(1) }, counter.Load)
}

// One goroutine owns the counter; the others send it what to add.
func withChannel(each int) (int64, float64) {
	updates := make(chan int64, 128)
	total := make(chan int64)
	go func() {
		var counter int64
		for update := range updates {
			counter += update
		}
		total <- counter
	}()
	return count(each, func() { updates <- 1 }, func() int64 {
		close(updates)
		return <-total
	})
}

type row struct {
	repeats, losing int
	lost            float64 // largest share of the updates
	ns              float64 // median
}

// Repeats until enough repeats have lost updates, or the limit: a loss needs two processors at the same moment, and
// another program may hold one of them.
func measure(form func(int) (int64, float64), each, enough, limit int) row {
	var all row
	var costs []float64
	for all.repeats < limit && all.losing < enough {
		counted, ns := form(each)
		all.repeats++
		costs = append(costs, ns)
		lost := 1 - float64(counted)/float64(each*goroutines)
		if lost != 0 {
			all.losing++
		}
		if lost > all.lost {
			all.lost = lost
		}
	}
	sort.Float64s(costs)
	all.ns = costs[len(costs)/2]
	return all
}

func main() {
	var asked struct{ Plain, Cured, Enough, Limit, Repeats int }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &asked); err != nil {
		panic(err)
	}
	result := map[string]float64{"goroutines": goroutines, "processors": float64(runtime.GOMAXPROCS(0))}
	put := func(name string, row row) {
		result[name+"Repeats"] = float64(row.repeats)
		result[name+"Losing"] = float64(row.losing)
		result[name+"Lost"] = row.lost
		result[name+"Ns"] = row.ns
	}
	put("plain", measure(unsynchronised, asked.Plain, asked.Enough, asked.Limit))
	put("mutex", measure(withMutex, asked.Cured, 1, asked.Repeats))
	put("atomic", measure(withAtomic, asked.Cured, 1, asked.Repeats))
	put("channel", measure(withChannel, asked.Cured, 1, asked.Repeats))
	answer, err := json.Marshal(result)
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"result\":%s}\n", answer)
}

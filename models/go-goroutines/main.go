// One goroutine per task: start as many as there is work, and let the scheduler place them on the cores.
package main

import (
	"sync"

	"heddle/shared"
)

type goroutines struct{}

func (goroutines) Prepare(shared.Workload) {}

func (goroutines) Burst(n int, task func(i int)) {
	var all sync.WaitGroup
	all.Add(n)
	for i := 0; i < n; i++ {
		go func(i int) {
			defer all.Done()
			task(i)
		}(i)
	}
	all.Wait()
}

// Compute runs inline: net/http has already given the request a goroutine of its own, which the scheduler preempts.
func (goroutines) Compute(rounds int) uint32 { return shared.Kernel(rounds) }

func main() { shared.Run(goroutines{}) }

// A fixed pool of goroutines fed by a channel: at most so many tasks at once, the others wait their turn.
package main

import (
	"sync"

	"heddle/shared"
)

type workerPool struct{ jobs chan func() }

// Prepare starts the workers: `pool` of them to wait, one per core to compute.
func (p *workerPool) Prepare(w shared.Workload) {
	size := w.Cores
	if w.Kind == "wait" {
		size = w.Pool
	}
	if size < 1 {
		size = 1
	}
	p.jobs = make(chan func())
	for i := 0; i < size; i++ {
		go func() {
			for job := range p.jobs {
				job()
			}
		}()
	}
}

func (p *workerPool) Burst(n int, task func(i int)) {
	var all sync.WaitGroup
	all.Add(n)
	for i := 0; i < n; i++ {
		i := i
		p.jobs <- func() {
			defer all.Done()
			task(i)
		}
	}
	all.Wait()
}

// Compute hands the work to the pool, so that at most one request per core computes and none is slowed by the others.
func (p *workerPool) Compute(rounds int) uint32 {
	if rounds == 0 {
		return shared.Kernel(0)
	}
	sum := make(chan uint32, 1)
	p.jobs <- func() { sum <- shared.Kernel(rounds) }
	return <-sum
}

func main() { shared.Run(&workerPool{}) }

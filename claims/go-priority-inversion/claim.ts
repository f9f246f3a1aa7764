import { defineUntestable } from "@heddle/claims";

export const claim = defineUntestable({
  id: "go-priority-inversion",
  topic: "go",
  claim: "Go 1.14 solves priority inversion.",
  source: "Threading vs Async vs Event Loop",
  practice:
    "What came with Go 1.14 is preemption inside loops: a goroutine that computes no longer keeps the others from running. That is starvation, another thing than inversion. If threads of a Go program are given priorities by the system, sync.Mutex knows nothing of them.",
  untestable: {
    why: "goroutines have no priorities, so there is no high one that a medium one could delay: before 1.14 as after it there is nothing to invert, and nothing to solve",
    where:
      "with threads that have priorities: see priority-inversion; what 1.14 did change is in go-tight-loop-hangs",
  },
});

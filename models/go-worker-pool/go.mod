module heddle/go-worker-pool

go 1.19

require heddle/shared v0.0.0

replace heddle/shared => ../shared/go

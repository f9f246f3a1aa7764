module heddle/shared

go 1.19

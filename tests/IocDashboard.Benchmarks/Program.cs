// Benchmarks are added one file each; see docs/performance.md.
return 0;

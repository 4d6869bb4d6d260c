Console.WriteLine("ProgressHub.Benchmarks");

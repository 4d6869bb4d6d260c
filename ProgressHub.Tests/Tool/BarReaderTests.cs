using ProgressHub.Tool.Bars;

namespace ProgressHub.Tests.Tool;

/// <summary>What programs print, line by line, and how far each line says they are.</summary>
public sealed class BarReaderTests
{
    private const double Tolerance = 0.0005;

    /// <summary>A bar by its form or its words; drawn over an earlier line (true) or not.</summary>
    public static TheoryData<string, bool, double> Bars => new()
    {
        { " 45%|████▌     | 45/100 [00:05<00:06,  8.36it/s]", true, 0.45 },
        { "outer:  33%|███▎      | 1/3 [00:01<00:02,  1.00s/it]", false, 0.33 },
        { "      3,309,568  55%    2.93MB/s    0:00:01  ", true, 0.55 },
        { "      6,000,000 100%    2.97MB/s    0:00:01 (xfr#1, to-chk=3/4)", true, 0.25 },
        { "  2900K .......... .......... .......... .......... .......... 50%  385M 1s", false, 0.5 },
        { "/dev/null            42%[=======>            ]   2.42M  2.99MB/s               ", true, 0.42 },
        { " 85 5859k   85 4989k    0     0  3674k      0  0:00:01  0:00:01 --:--:-- 3676k", true, 0.85 },
        { "#############################################################             85.2%", true, 0.852 },
        { "[download]  45.2% of   10.00MiB at    1.20MiB/s ETA 00:05", false, 0.452 },
        { "     ━━━━━━━━━━━━━━━━╸━━━━━━━━━━━━━━━━━━━━━━━ 6.0/12.0 MB 5.6 MB/s eta 0:00:02", true, 0.5 },
        { "     |████████████████                | 51 kB 1.2 MB/s eta 0:00:01 50%", true, 0.5 },
        { "5f70bf18a086: Downloading [=====>             ]  12.3MB/45.6MB", true, 0.2697 },
        { "[ 45%] Building CXX object CMakeFiles/x.dir/main.cpp.o", false, 0.45 },
        { "[3/120] Compiling C object src/a.o", false, 0.025 },
        { "#5 [3/7] RUN npm ci", false, 0.4286 },
        { "Step 3/8 : RUN make", false, 0.375 },
        { "Progress: [ 45%]", false, 0.45 },
        { "(Reading database ... 45%", true, 0.45 },
        { "45% [3 Packages 12.3 MB/45.6 MB 27%]", true, 0.45 },
        { "backup.tar             45%   12MB   1.2MB/s   00:05 ETA", true, 0.45 },
        { "1.0GiB 0:00:10 [ 100MiB/s] [=====>       ] 45% ETA 0:00:12", true, 0.45 },
        { "tests/test_a.py ........                                 [ 45%]", false, 0.45 },
        { "<====---------> 45% EXECUTING [3s]", false, 0.45 },
        { "    Building [=====>                 ] 12/48: serde", true, 0.25 },
        { "Epoch 3/10", false, 0.3 },
        { "Processing 876/904", false, 0.969 },
        { "Installing package 2 of 5", false, 0.4 },
        { "Copying files (2 of 5)", false, 0.4 },
        { "Fortschritt: läuft … 85,3 %", true, 0.853 },
        { "Progress: 85,3 %", false, 0.853 },
        { "Progress: 85\u00a0%", false, 0.85 },
        { "Downloading model... 7%", false, 0.07 },
        { "Progress 100%", false, 1 },
        { "42% done", true, 0.42 },
        { "进度 45%", true, 0.45 },
        { "进度 45％", true, 0.45 },
        { "Transferred:   1.200 GiB / 10.000 GiB, 12%, 1.2 MiB/s, ETA 5m", false, 0.12 },
        { "Encoding: task 1 of 1, 45.00 % (30.00 fps, avg 31.00 fps, ETA 00h00m10s)", true, 0.45 },
    };

    public static TheoryData<string> Sentences =>
    [
        "Disk usage is at 85%", "The disk is 85% full", "CPU: 85%", "Memory usage: 85%", "coverage: 85%", "accuracy 85%", "100% packet loss",
        "Saved 20% off the price", "Test run 20% faster than before", "battery 85%", "GET /a%20b HTTP/1.1", "on 1/2/2024", "2024/01/05 12:00:00 started",
        "see docs/3/4/index", "version 3/5", "ratio 3/5", "3/5 tests failed", "2/2 replicas ready", "120%", "5000%", "-5%", "±5%", "https://x.y/3/5",
        "http 24/7", "10/5", "0/0", "1/1", "and/or", "", "   ", "50", "%", "99.9.9%",
    ];

    [Theory]
    [MemberData(nameof(Bars))]
    public void A_bar_is_read(string line, bool redrawn, double fraction)
    {
        var reading = BarReader.Read(line, redrawn);

        Assert.NotNull(reading);
        Assert.Equal(BarKind.Bar, reading.Value.Kind);
        Assert.Equal(fraction, reading.Value.Fraction, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_number_in_a_sentence_is_no_bar(string line) =>
        Assert.NotEqual(BarKind.Bar, BarReader.Read(line, redrawn: false)?.Kind);

    [Fact]
    public void A_count_says_how_many_of_how_many()
    {
        var reading = BarReader.Read("Processing 3/5", redrawn: false)!.Value;

        Assert.Equal((3, 5, "Processing"), (reading.Current, reading.Total, reading.Label));
    }
}

using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>What clients of the documents' systems get, field by field.</summary>
public sealed class ChatContractTests(ChatServer server) : IClassFixture<ChatServer>
{
    // Names, JSON kinds; what stands behind ? need not be there.
    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["accepted"] = "task_id:String sse_url:String enhanced_sse_url:String status:String streaming_enabled:True",
        ["tracker"] = "task_id:String current_status:String current_progress:Number status_message:String tracker_active:True tracker_info:Object "
            + "tracker_info.current_stage:String tracker_info.elapsed_time_seconds:Number tracker_info.subscribers_count:Number",
        ["enhanced_status"] = "status:String progress:Number task_info:Object task_info.deity_id:String task_info.fortune_number:Number task_info.streaming_enabled:True",
        ["enhanced_progress"] = "stage:String progress:Number message:String timestamp:String",
        ["enhanced_complete"] = "result:Object result.response:String result.confidence:Number result.processing_time_ms:Number "
            + "summary:Object summary.total_processing_time:Number summary.stages_completed:Array",
        ["streaming_progress"] = "task_id:String stage:String progress:Number message:String data:Object data.elapsed:Number "
            + "data.progress_rate:Number timestamp:String elapsed_seconds:Number",
    };

    private HttpClient Client => server.Client;

    [Fact]
    public async Task The_answer_to_a_question_has_the_printed_fields_and_addresses()
    {
        var accepted = await Client.AskAsync(Question());

        AssertShape("accepted", accepted);
        AssertPrinted(ChatDocuments.Code(ChatDocuments.Enhanced, "**Response:**"), accepted);
        var task = accepted.Text("task_id");
        Assert.Equal($"/api/v1/async-chat/sse/{task}", accepted.Text("sse_url"));
        Assert.Equal($"/api/v1/streaming-chat/sse/{task}", accepted.Text("enhanced_sse_url"));
        Assert.Equal("queued", accepted.Text("status"));
    }

    [Fact]
    public async Task The_enhanced_messages_are_the_documents_in_its_order_words_and_numbers()
    {
        var messages = await Client.HearAsync(Question(), query: "?token=t&events=enhanced");

        Assert.Equal(
            ["enhanced_status", .. Enumerable.Repeat("enhanced_progress", 10), "enhanced_complete"],
            messages.Where(m => !IsPulse(m)).Select(m => m.Type()));
        Assert.Equal(
            [
                ("processing", 5, "初始化處理流程..."), ("analyzing_rag", 25, "正在映射神明識別碼..."), ("analyzing_rag", 35, "正在查找 GuanYu 籤詩..."),
                ("analyzing_rag", 45, "正在檢索第 40 籤..."), ("analyzing_rag", 50, "成功找到 GuanYu 籤詩"), ("generating_llm", 65, "正在分析籤詩內容..."),
                ("generating_llm", 75, "結合傳統智慧與現代解釋..."), ("generating_llm", 85, "生成個人化建議..."), ("generating_llm", 92, "完成解釋生成..."),
                ("completed", 100, "解釋生成完成！"),
            ],
            messages.Of("enhanced_progress").Where(m => !IsPulse(m)).Select(m => (m.Text("stage"), m.Progress(), m.Text("message"))));
        Assert.All(messages, m => AssertShape(m.Type(), m));
        Assert.All(messages, m => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", m.Text("timestamp")));
        var printed = ChatDocuments.Lines(ChatDocuments.Enhanced, "data: ").Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(printed, p => AssertPrinted(p, messages.First(m => m.Type() == p.Type())));
        Assert.True(ChatDocuments.Folder is null || printed.Count == 12);
        var complete = messages[^1];
        Assert.Equal(
            ["processing", "analyzing_rag", "generating_llm", "completed"],
            complete.GetProperty("summary").GetProperty("stages_completed").EnumerateArray().Select(s => s.GetString()));
        Assert.Contains("雨過橋頭石未乾", complete.GetProperty("result").Text("response"), StringComparison.Ordinal);
        Assert.Equal(100, complete.GetProperty("result").GetProperty("confidence").GetInt32());
    }

    [Fact]
    public async Task One_stream_carries_both_families_in_order_with_a_progress_that_never_falls_and_one_end()
    {
        var messages = await Client.HearAsync(Question());

        Assert.All(messages, m => AssertShape(m.Type(), m));
        Assert.Equal(
            ["RAG檢索_start", "RAG檢索_complete", "LLM推理_start", "LLM推理_complete"],
            messages.Of("streaming_progress").Select(m => m.Text("stage")).Where(s => !s!.EndsWith("_processing", StringComparison.Ordinal)));
        var printed = ChatDocuments.Lines(ChatDocuments.Streaming, "{\"type\": \"streaming_progress\"", "{\"type\": \"streaming_progress\"")
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(printed, p => AssertPrinted(p, messages.First(m => m.Type() == p.Type())));
        Assert.True(ChatDocuments.Folder is null || printed.Count == 8);
        Assert.Equal([15, 50, 55], messages.Of("streaming_progress").Where(m => !IsPulse(m)).Take(3).Select(m => m.Progress()));
        Assert.Matches(@"^🎯 開始 RAG檢索 \(預計 \d+\.\ds\)$", messages.Of("streaming_progress")[0].Text("message"));
        Assert.Matches(@"^✅ LLM推理完成 \(\d+\.\ds\)$", messages.Of("streaming_progress")[^1].Text("message"));
        var progress = messages.Where(m => m.TryGetProperty("progress", out _)).Select(m => m.Progress()).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal("enhanced_complete", messages[^1].Type());
        Assert.Single(messages, m => m.Type().Contains("complete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_in_English_is_told_of_in_English()
    {
        var messages = await Client.HearAsync(Question(("language", "en"), ("question", "Will my interview go well?")));

        Assert.All(
            messages.Where(m => m.TryGetProperty("message", out _)),
            m => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", m.Text("message")));
        Assert.Contains("RAG retrieval_start", messages.Of("streaming_progress").Select(m => m.Text("stage")));
        Assert.Equal("Looking up number 40…", messages.Of("enhanced_progress").Single(m => m.Progress() == 45).Text("message"));
    }

    [Fact]
    public async Task The_older_set_tells_its_five_plain_events()
    {
        var task = (await Client.AskAsync(Question(), OlderSet)).Text("task_id")!;

        var messages = await Client.HearAsync(task, OlderSet);

        string[] printed =
        [
            """{"type":"status","status":"queued","progress":0}""", """{"type":"progress","status":"processing","progress":10}""",
            """{"type":"progress","status":"analyzing_rag","progress":30}""", """{"type":"progress","status":"generating_llm","progress":70}""",
        ];
        Assert.Equal(printed, messages.SkipLast(1).Select(m => m.GetRawText()));
        Assert.Equal("complete", messages[^1].Type());
        Assert.NotEmpty(messages[^1].GetProperty("result").Text("response")!);
    }

    [Theory]
    [InlineData("enhanced", "enhanced_status enhanced_progress enhanced_complete")]
    [InlineData("streaming", "streaming_progress enhanced_complete")]
    [InlineData("basic", "status progress complete")]
    public async Task A_stream_is_narrowed_to_one_family_which_ends_in_its_own_way(string events, string types)
    {
        var messages = await Client.HearAsync(Question(), query: $"?token=t&events={events}");

        Assert.Equal(types.Split(' '), messages.Select(m => m.Type()).Distinct());
    }

    [Fact]
    public async Task Without_streaming_it_says_so_and_tells_the_plain_events_unless_asked_for_more()
    {
        var accepted = await Client.AskAsync(Question(("enable_streaming", false)));
        var task = accepted.Text("task_id")!;

        Assert.False(accepted.GetProperty("streaming_enabled").GetBoolean());
        Assert.Equal(["status", "progress", "complete"], (await Client.HearAsync(task)).Select(m => m.Type()).Distinct());
        var asked = await Client.HearAsync(task, query: "?events=enhanced");
        Assert.False(asked[0].GetProperty("task_info").GetProperty("streaming_enabled").GetBoolean());
        Assert.Single((await Client.LogAsync(task)), e => e.Type == "partial" && e["index"].GetInt32() == 1);
    }

    [Fact]
    public async Task The_same_job_natively_has_the_same_facts()
    {
        var messages = await Client.HearAsync(Question());
        var task = messages[0].Text("task_id")!;

        var job = await Client.JsonAsync($"/api/jobs/{task}");
        var result = await Client.JsonAsync($"/api/jobs/{task}/result");
        var log = await Client.LogAsync(task);

        var complete = messages[^1];
        Assert.Equal(("ask", "succeeded"), (job.Text("kind"), job.Text("state")));
        Assert.Equal(result.Text("answer"), complete.GetProperty("result").Text("response"));
        Assert.Equal(
            result.GetProperty("citations").EnumerateArray().Select(c => (c.Text("documentId"), c.Text("quote"), c.Text("url"))),
            complete.GetProperty("result").GetProperty("citations").EnumerateArray().Select(c => (c.Text("documentId"), c.Text("quote"), c.Text("url"))));
        Assert.Equal(log[^1]["summary"].GetProperty("totalMs").GetInt64(), complete.GetProperty("summary").GetProperty("total_processing_time").GetInt64());
        Assert.Equal(log[^1]["at"].GetString(), complete.Text("timestamp"));

        // What was reported right before another event stands in that one.
        var said = log.Select(e => (At: e["at"].GetString(), Message: e.Type == "progress"
                ? e.TryGet("message", out var own) ? own.GetString() : null
                : e.TryGet("progress", out var with) && with.TryGetProperty("message", out var told) ? told.GetString() : null))
            .ToHashSet();
        Assert.All(
            messages.Of("enhanced_progress").SkipLast(1),
            m => Assert.Contains((m.Text("timestamp"), m.Text("message")), said));
    }

    [Fact]
    public async Task A_stream_opened_late_tells_everything_from_the_beginning_and_resumes_where_it_was()
    {
        var task = (await Client.AskAsync(Question())).Text("task_id")!;
        var live = await Client.HearAsync(task);

        var late = await Client.HearAsync(task);
        await using var first = await EventStream.OpenAsync(Client, $"{Set}/sse/{task}");
        var (heard, last) = (new List<string>(), (string?)null);
        while (heard.Count < 8 && await first.NextAsync() is { } item)
            (heard, last) = ([.. heard, item.Data], item.EventId ?? last);
        await using var resumed = await EventStream.OpenAsync(Client, $"{Set}/sse/{task}", last);
        var rest = (await resumed.RestAsync()).Select(i => i.Data).ToList();

        Assert.Equal(live.Select(m => m.GetRawText()), late.Select(m => m.GetRawText()));
        Assert.Equal(late.Select(m => m.GetRawText()), heard.Take(late.Count - rest.Count).Concat(rest));
        using var nothingLeft = await EventStream.AskAsync(Client, $"{Set}/sse/{task}", $"{(await Client.LogAsync(task))[^1].Seq}");
        Assert.Equal(HttpStatusCode.NoContent, nothingLeft.StatusCode);
    }

    [Fact]
    public async Task A_collection_of_the_callers_own_is_asked_like_a_deity()
    {
        using var made = await Client.PostAsync("/api/collections", WebServer.Json(new { name = "Birds" }));
        var collection = (await WebServer.ReadAsync(made)).Text("id")!;
        using var filled = await Client.PostAsync("/api/jobs", WebServer.Json(new
        {
            kind = "ingest", input = new { collection, documents = new[] { new { id = "p", title = "Puffins", text = "Puffins nest in burrows.", attributes = new { number = 7 } } } },
        }));
        await Client.EndAsync((await WebServer.ReadAsync(filled)).Id());

        var byNumber = await Client.HearAsync(Question(("deity_id", collection), ("fortune_number", 7), ("language", "en"), ("question", "Where do puffins nest?")));
        var without = await Client.HearAsync(Question(("deity_id", collection), ("fortune_number", null), ("language", "en"), ("question", "Where do puffins nest?")));

        Assert.All([byNumber, without], m => Assert.Contains("burrows", m[^1].GetProperty("result").Text("response"), StringComparison.Ordinal));
        Assert.Contains(byNumber, m => m.TryGetProperty("message", out var said) && said.GetString() == "Looking for the verses of Birds…");
        Assert.Equal(JsonValueKind.Null, without[0].GetProperty("task_info").GetProperty("fortune_number").ValueKind);
    }

    [Fact]
    public async Task After_the_end_the_tracker_is_not_active_any_more()
    {
        var task = (await Client.AskAsync(Question())).Text("task_id")!;
        await Client.EndAsync(task);

        var progress = await Client.JsonAsync($"{Set}/progress/{task}");

        Assert.False(progress.GetProperty("tracker_active").GetBoolean());
        Assert.Equal(("completed", 100), (progress.Text("current_status"), progress.GetProperty("current_progress").GetInt32()));
        Assert.Equal("解釋生成完成！", progress.Text("status_message"));
    }

    internal static void AssertShape(string name, JsonElement message)
    {
        foreach (var field in Shapes[name].Split(' ').Select(f => f.Split(':')))
        {
            var value = field[0].Split('.').Aggregate(message, (at, part) => at.GetProperty(part));
            Assert.True(Kind(value) == Enum.Parse<JsonValueKind>(field[1]), $"{name}.{field[0]} is {value.ValueKind}: {message}");
        }
    }

    internal static void AssertPrinted(string? printed, JsonElement message)
    {
        if (printed is not null)
            AssertPrinted(JsonDocument.Parse(printed).RootElement, message);
    }

    /// <summary>Whatever the document prints is there, and of the same kind.</summary>
    internal static void AssertPrinted(JsonElement printed, JsonElement message)
    {
        foreach (var field in printed.EnumerateObject())
        {
            Assert.True(message.TryGetProperty(field.Name, out var value), $"'{field.Name}' is missing: {message}");
            Assert.Equal(Kind(field.Value), Kind(value));
            if (value.ValueKind == JsonValueKind.Object)
                AssertPrinted(field.Value, value);
        }
    }

    private static JsonValueKind Kind(JsonElement value) =>
        value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;

    // On a machine so busy that a second passes while nothing is done, the clock has something to say.
    private static bool IsPulse(JsonElement message) => message.TryGetProperty("message", out var said)
        && "📡🧮🔎🧠📖🚀⚡⏰".Contains(said.GetString()![..Math.Min(2, said.GetString()!.Length)], StringComparison.Ordinal) && said.GetString()!.Length > 0;
}

using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

public sealed class JsgfGrammarTests
{
    [Fact]
    public void The_right_side_of_one_rule_becomes_a_whole_grammar()
    {
        var grammar = JsgfGrammar.Parse("(yes | no)+;");

        Assert.StartsWith("#JSGF V1.0;\n", grammar.Text, StringComparison.Ordinal);
        Assert.Equal(["no", "yes"], grammar.Words.Order());
    }

    [Fact]
    public void A_whole_grammar_stays_as_it_is()
    {
        const string Text =
            """
            #JSGF V1.0 UTF-8 en;
            grammar home; // of lamps
            /* two
               rules */
            public <order> = /2.5/ turn <thing> (on {ON} | off {OFF}) [please];
            <thing> = "the lamp" | radio*;
            """;

        var grammar = JsgfGrammar.Parse(Text);

        Assert.Equal(Text, grammar.Text);
        Assert.Equal(["off", "on", "please", "radio", "the lamp", "turn"], grammar.Words.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("#JSGF V1.0;\ngrammar g;\nimport <com.acme.secret>;\npublic <g> = yes <com.acme.secret>;", "imports")]
    [InlineData("#JSGF V1.0;\ngrammar g;\n<g> = yes;", "public")]
    [InlineData("#JSGF V1.0;\ngrammar g;\npublic <g> = yes", "semicolon")]
    [InlineData("#JSGF V1.0;\ngrammar g;\nfoo bar;\npublic <g> = yes;", "no rule")]
    [InlineData("(yes | no", "not closed")]
    [InlineData("yes)", "closes nothing")]
    [InlineData("(yes]", "closes nothing")]
    [InlineData("<other>", "<other>")]
    [InlineData("yes > no", "out of place")]
    [InlineData("()", "no words")]
    [InlineData("#JSGF", "")]
    public void What_can_not_be_used_is_refused_and_named(string text, string why)
    {
        var refusal = Assert.Throws<WorkloadException>(() => JsgfGrammar.Parse(text));

        Assert.Equal(("invalid_grammar", "grammar"), (refusal.Code, refusal.Property));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_mess_makes_it_hang_or_crash()
    {
        var random = new Random(5);
        const string Signs = "#JSGF public<a>=(b|c)[d]*+;{/2/}\"e\" //\n/**/import \\";
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Signs[random.Next(Signs.Length)]));
            try
            {
                Assert.NotEmpty(JsgfGrammar.Parse(text).Words);
            }
            catch (WorkloadException refusal)
            {
                Assert.Equal("invalid_grammar", refusal.Code);
            }
        }
    }
}

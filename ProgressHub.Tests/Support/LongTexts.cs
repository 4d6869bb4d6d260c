using System.Globalization;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Texts of real size.</summary>
internal static class LongTexts
{
    private static readonly string[] Subjects = ["The keeper", "An old captain", "The goat", "My neighbour", "A tired doctor", "The small house", "Her brother"];
    private static readonly string[] Verbs = ["saw", "remembered", "opened", "lost", "wanted", "found", "painted"];
    private static readonly string[] Objects = ["the red boat", "a long letter", "the garden", "two books", "the door of the church", "a good friend", "the table"];
    private static readonly string[] Ends = ["in the morning", "before the winter", "with great care", "near the river", "without a word", "after the war", "on the first day"];

    /// <summary>Hard-wrapped paragraphs of simple sentences, at least so many bytes.</summary>
    public static string Prose(int bytes, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            var column = 0;
            for (var sentences = random.Next(3, 9); sentences > 0; sentences--)
            {
                foreach (var word in Sentence(random).Split(' '))
                {
                    if (column > 70)
                    {
                        text.Append('\n');
                        column = 0;
                    }
                    else if (column > 0)
                    {
                        text.Append(' ');
                    }

                    text.Append(word);
                    column += word.Length + 1;
                }
            }

            text.Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>Cues of one or two lines, with tags, dialogues and settings here and there.</summary>
    public static string Subtitles(int cues, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 1; i <= cues; i++)
        {
            var start = TimeSpan.FromMilliseconds(i * 3000L);
            text.Append(CultureInfo.InvariantCulture, $"{i}\n{start:hh\\:mm\\:ss\\,fff} --> {start.Add(TimeSpan.FromSeconds(2)):hh\\:mm\\:ss\\,fff}");
            text.Append(i % 50 == 0 ? " X1:40 X2:600 Y1:20 Y2:50\n" : "\n");
            text.Append((i % 7) switch
            {
                0 => $"<i>{Sentence(random)}</i>",
                1 => $"- {Sentence(random)}\n- {Sentence(random)}",
                2 => $"{{\\an8}}{Sentence(random)}",
                _ => Sentence(random).Replace(" in ", "\nin ", StringComparison.Ordinal),
            });
            text.Append("\n\n");
        }

        return text.ToString();
    }

    private static string Sentence(Random random) =>
        $"{Pick(random, Subjects)} {Pick(random, Verbs)} {Pick(random, Objects)} {Pick(random, Ends)}.";

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}

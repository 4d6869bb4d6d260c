using ProgressHub.Tests.Architecture.Fixture.Lower;
using ProgressHub.Tests.Architecture.Fixture.Upper;

namespace ProgressHub.Tests.Architecture
{
    /// <summary>The rules can fail: each way in which one type can use another is found.</summary>
    public sealed class DependencyRuleTests
    {
        private const string Lower = "ProgressHub.Tests.Architecture.Fixture.Lower";
        private const string Upper = "ProgressHub.Tests.Architecture.Fixture.Upper";

        [Theory]
        [InlineData(typeof(Inherits)), InlineData(typeof(HasField)), InlineData(typeof(Takes)), InlineData(typeof(Returns))]
        [InlineData(typeof(Calls)), InlineData(typeof(CallsInLambda)), InlineData(typeof(CallsLater)), InlineData(typeof(Catches))]
        [InlineData(typeof(NamesType)), InlineData(typeof(PassesAsArgument)), InlineData(typeof(IsConstrained<>))]
        [InlineData(typeof(IsMarked)), InlineData(typeof(ReadsStatic)), InlineData(typeof(Switches))]
        public void No_way_of_using_a_type_goes_unseen(Type user)
        {
            Type[] types = [user, .. Nested(user)];

            Assert.NotEmpty(DependencyRule.Not(Lower, Upper).Breaches(types));
            Assert.NotEmpty(DependencyRule.Only(Lower, "ProgressHub").Breaches(types));
            Assert.Empty(DependencyRule.Only(Lower, "ProgressHub", Upper).Breaches(types));
            Assert.Empty(DependencyRule.Not(Upper, Lower).Breaches(types));
        }

        [Fact]
        public void Keeping_to_oneself_is_no_breach() =>
            Assert.Empty(DependencyRule.Only(Lower, "ProgressHub").Breaches([typeof(Keeps)]));

        [Theory]
        [InlineData("A.B", "A.B", true), InlineData("A.B", "A.B.C", true), InlineData("A.B", "A.BC", false), InlineData("A.B", "A", false)]
        [InlineData("=A.B", "A.B", true), InlineData("=A.B", "A.B.C", false), InlineData("A.B", null, false)]
        public void A_namespace_stands_for_those_below_it_unless_it_says_otherwise(string pattern, string? name, bool covered) =>
            Assert.Equal(covered, DependencyRule.Covers(pattern, name));

        private static Type[] Nested(Type type) => type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic);
    }
}

// What breaks a rule stands beside the test that must see it.
namespace ProgressHub.Tests.Architecture.Fixture.Upper
{
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class MarkAttribute : Attribute;

    internal class Thing : Exception
    {
        public static readonly int Number = Environment.ProcessorCount;

        public static void Do()
        {
        }

        public static async Task DoAsync() => await Task.Yield();
    }
}

namespace ProgressHub.Tests.Architecture.Fixture.Lower
{
    internal sealed class Keeps
    {
        public List<string> Names { get; } = [];
    }

    internal sealed class Inherits : Thing;

    internal sealed class HasField
    {
        public readonly Dictionary<string, Thing[]> Things = [];
    }

    internal static class Takes
    {
        public static void Take(ref Thing? thing) => thing = null;
    }

    internal static class Returns
    {
        public static Task<List<Thing>?> Return() => Task.FromResult<List<Thing>?>(null);
    }

    internal static class Calls
    {
        public static void Call() => Thing.Do();
    }

    internal static class CallsInLambda
    {
        public static Action Make(int times) => () =>
        {
            for (var i = 0; i < times; i++)
                Thing.Do();
        };
    }

    internal static class CallsLater
    {
        public static async Task CallAsync()
        {
            await Task.Yield();
            await Thing.DoAsync();
        }
    }

    internal static class Catches
    {
        public static void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Thing)
            {
                // Only to name it.
            }
        }
    }

    internal static class NamesType
    {
        public static string Name() => typeof(Thing).Name;
    }

    internal static class PassesAsArgument
    {
        public static object Make() => Array.Empty<Thing>();
    }

    internal static class IsConstrained<T>
        where T : Thing
    {
        public static T? Nothing() => default;
    }

    internal static class IsMarked
    {
        [Mark]
        public static void Marked()
        {
        }
    }

    internal static class ReadsStatic
    {
        public static int Read() => Thing.Number;
    }

    internal static class Switches
    {
        public static int Switch(object value, int number) => number switch
        {
            0 => 1, 1 => 5, 2 => 7, 3 => 11, 4 => 13, 5 => 17, _ => value is Thing ? 1 : 0,
        };
    }
}

using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Progress;

public sealed class StagePlanTests
{
    [Fact]
    public void Weights_are_relative()
    {
        var plan = new StagePlan(new Stage("a", "A", 1), new Stage("b", "B", 3));

        Assert.Equal([0.25, 0.75], plan.Stages.Select(s => s.Weight));
        Assert.Equal(
            [0, 0.125, 0.25, 0.25, 0.625, 1],
            [plan.FractionAt(0, 0), plan.FractionAt(0, 0.5), plan.FractionAt(0, 1), plan.FractionAt(1, 0), plan.FractionAt(1, 0.5), plan.FractionAt(1, 1)]);
    }

    [Fact]
    public void A_stage_is_found_by_its_name_and_an_unknown_one_names_those_there_are()
    {
        var plan = new StagePlan(new Stage("a", "A", 1), new Stage("b", "B", 3));

        Assert.Equal(1, plan.IndexOf("b"));
        var refused = Assert.Throws<ArgumentException>(() => plan.IndexOf("c"));
        Assert.Contains("'c'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a, b", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_has_at_least_one_stage() => Assert.Throws<ArgumentException>(() => new StagePlan());

    [Fact]
    public void Stages_have_different_names() =>
        Assert.Throws<ArgumentException>(() => new StagePlan(new Stage("a", "A", 1), new Stage("a", "B", 1)));

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_weight_is_a_positive_number(double weight) =>
        Assert.Throws<ArgumentException>(() => new StagePlan(new Stage("a", "A", 1), new Stage("b", "B", weight)));
}

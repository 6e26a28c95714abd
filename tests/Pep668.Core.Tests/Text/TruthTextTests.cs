using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>Truth values, as <c>strtobool</c> reads them.</summary>
public sealed class TruthTextTests
{
    [Theory]
    [InlineData("y", nameof(TruthValue.True))]
    [InlineData("ON", nameof(TruthValue.True))]
    [InlineData("1", nameof(TruthValue.True))]
    [InlineData("False", nameof(TruthValue.False))]
    [InlineData("off", nameof(TruthValue.False))]
    [InlineData("0", nameof(TruthValue.False))]
    [InlineData("", nameof(TruthValue.Invalid))]
    [InlineData(" true", nameof(TruthValue.Invalid))]
    [InlineData("2", nameof(TruthValue.Invalid))]
    public void Truth_value_is_one_word_in_any_case(string text, string value) => Assert.Equal(value, TruthText.Parse(text).ToString());
}

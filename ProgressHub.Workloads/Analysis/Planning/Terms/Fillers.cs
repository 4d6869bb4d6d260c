using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>
/// The words that bear no meaning of their own in a question over a table. Small on purpose: what is not here, and means
/// nothing else, is told to the asker.
/// </summary>
internal static class Fillers
{
    /// <summary>Verbs that bear no meaning of their own where their clause narrows or measures something.</summary>
    public const string Verbs =
        "arrive|arrives|arrived|arriving|move|moves|moved|transport|transports|transported|travel|travels|traveled|travelled|serve|serves|served|attend|attends|attended|" +
        "treat|treats|treated|sent|send|sends|fired|powered|fuelled|fueled|goes|goes to|stay|stays|stayed|weigh|weighs|weighed|land|landed|depart|departs|departed|departing|won|win|wins|ended up|new|visited|billed|charged|invoiced|play|plays|played|drive|drives|drove|driven|need|needs|needed|require|requires|required|show|shows|showed|shown|draw|draws|drew|collect|collects|collected|attract|attracts|attracted|host|hosts|hosted|held|hold|went out|go out|going out|goes out|gone out|come in|came in|comes in|coming in|come back|came back|set out|sent out|turned out|turn out|end up";

    /// <summary>What a verb may have behind it, so that both say one thing: go out, come in.</summary>
    public static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(["in", "out", "off", "on", "up", "down", "back", "away", "over"]);

    /// <summary>Articles, pronouns and courtesies; then verbs for what every record is about.</summary>
    public const string Text =
        "a|an|the|any|some|very|anyone|anybody|someone|somebody|these|those|such|i|me|my|we|us|our|you|your|they|them|their|it|its|he|she|his|her|one|ones|thing|that|so|then|there|here|" +
        "please|tell|want|know|like to know|would like|need|see|look|let|can you|could you|do you know|i want|kindly|thanks|thank|hi|hello|ok|okay|question|answer|" +
        "how|whose|as|also|too|still|already|really|actually|now|currently|ever|yet|exactly how|but|whole|entire|given that|if|" +
        "single|raise|raised|donate|donated|give|gave|given to|" +
        "get|got|getting|make|made|take|took|taken|come|came|coming|bring|brought|go|went|happen|happened|occur|occurred|place|placed|receive|received|" +
        "record|recorded|register|registered|log|logged|sell|sold|selling|handle|handled|belong|account for|accounts for|accounted for|account|fall into|work|out|" +
        "work in|generate|generated|earn|earned|produce|produced|achieve|achieved|reach|reached|score|scored|spend|spent|cost|buy|bought|purchase|purchased|" +
        "in charge of|responsible for|counting|looking at|look at|look like|value|values|number|amount|level|calculate|calculated|compute|computed|determine|figure|result|results|say|seen|" +
        "in this file|in this table|in the table|in the file|in the data|in the dataset|in this dataset|in the data set|in our data|group|respectively|" +
        "in hospital|in the hospital|gimme|lemme|let us|lets|curious|wondering|wonder|any idea|quick question|help|figure out|find out|check|need to know|trying to|interested in|interested|guys|folks|hey|basically|simply|do you have|in there|out there|in our list|in the list|in this list|on the list|in the records|in our records|on record|on file|in my data|in my table|in my file|in the system|in our system|in the log|in the logs|in the dataset here|right now|as a whole|all in|" +
        "paid|pay|answered|rated|flew|fly|carried|carry|gave|took part|take part|did respond|responded|split|broken|break|break down|down|so far|up to now|until now|till now|of all time|each other|stand|sit|lie|run|ran|keep|kept|use|used|apply|applied|show up|appear|appears|listed|found|last for|everyone|everybody|marked|marked as|labelled|labeled|tagged|classified as|categorized as|bar chart|how strongly|how closely|how tightly|strongly|closely|line chart|bar graph|line graph|chart of|graph of|plot of";
}

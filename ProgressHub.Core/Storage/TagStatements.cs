using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The tags of jobs: in the job's row as they were given, and one by one to find it by.</summary>
internal static class TagStatements
{
    private static readonly SqlStatement Insert = new("INSERT INTO job_tags (owner, tag, job) VALUES (@owner, @tag, @job)");

    private static readonly SqlStatement Clear = new("DELETE FROM job_tags WHERE job = @job");

    private static readonly SqlStatement Replace = new("UPDATE jobs SET tags = @tags WHERE ord = @job");

    private static readonly SqlStatement ReplaceEnded = new("""
        UPDATE jobs SET tags = @tags, snapshot = @snapshot, snapshot_sum = @sum
        WHERE id = @id AND finished_at IS NOT NULL AND last_seq = @seq AND tags IS NOT DISTINCT FROM @before
        RETURNING ord, owner
        """);

    /// <summary>Notes what a new job can be found by.</summary>
    public static void Add(SqlSession session, long ord, string owner, IEnumerable<string> tags)
    {
        foreach (var tag in tags.Distinct())
            session.Execute(Insert, owner, tag, ord);
    }

    /// <summary>Gives a job other tags, beside the event that tells of it.</summary>
    public static void Change(SqlSession session, long ord, Job job)
    {
        session.Execute(Replace, JobRow.WriteTags(job.Tags), ord);
        session.Execute(Clear, ord);
        Add(session, ord, job.Owner, job.Tags);
    }

    /// <summary>Gives a job that has ended other tags; false where they are not what they were, or it is gone.</summary>
    public static bool ChangeEnded(SqlSession session, JobSnapshot before, JobSnapshot after, byte[] body)
    {
        if (session.Query(
            ReplaceEnded, static reader => (Ord: reader.GetInt64(0), Owner: reader.GetString(1)), JobRow.WriteTags(after.Tags), body,
            RowSum.Of(after.Seq, body), after.JobId.ToString(), after.Seq, JobRow.WriteTags(before.Tags)) is not [var (ord, owner)])
        {
            return false;
        }

        session.Execute(Clear, ord);
        Add(session, ord, owner, after.Tags);
        return true;
    }
}

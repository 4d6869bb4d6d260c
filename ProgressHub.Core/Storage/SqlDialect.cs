using System.Data.Common;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage;

/// <summary>What differs from one database to another. Everything else is one path of SQL.</summary>
internal abstract class SqlDialect
{
    /// <summary>The folder under <c>Storage/Migrations</c> with this database's schema.</summary>
    public abstract string MigrationFolder { get; }

    /// <summary>The steps of this database's schema.</summary>
    public IReadOnlyList<MigrationScript> Migrations => MigrationScripts.Embedded(
        typeof(SqlDialect).Assembly, $"{typeof(SqlDialect).Namespace}.Migrations.{MigrationFolder}");

    /// <summary>Where the jobs are, for a log line or an error; without secrets.</summary>
    public abstract string Location { get; }

    /// <summary>What a claim adds to its SELECT so that two nodes never see the same row.</summary>
    public virtual string LockForClaim => "";

    /// <summary>An expression: whether a column's text is in a parameter's JSON array of texts.</summary>
    public abstract string IsAmong(string column, string parameter);

    /// <summary>Takes sole possession where the database allows only one process.</summary>
    /// <returns>Gives it up when disposed; null where several processes may share the database.</returns>
    /// <exception cref="InvalidOperationException">Another process has it; the message says which.</exception>
    public virtual IDisposable? TakePossession() => null;

    /// <summary>
    /// At least how many numbers of events each job may have given that are lost, after damage that whoever started this
    /// accepted; 0 where nothing is. Known once possession is taken.
    /// </summary>
    public long LostNumbers { get; protected set; }

    /// <summary>Looks at the database where it was not closed as it should be. Called before anybody else may use it.</summary>
    /// <exception cref="InvalidOperationException">It is damaged, and the loss is not accepted.</exception>
    public virtual void Verify(SqlSession writer)
    {
    }

    /// <summary>Whether its disk has room; null where that is somebody else's affair.</summary>
    public DiskRoom? Room { get; init; }

    /// <summary>Gives a slice of what is free to the disk; false where there is nothing worth it.</summary>
    public virtual bool Shrink(SqlSession writer) => false;

    /// <summary>The jobs say what is lost; what is left of the damage may go. Called within no transaction.</summary>
    public virtual void LossIsMarked(SqlSession writer)
    {
    }

    /// <summary>Does what a commit is made of, in its order, within the session's transaction.</summary>
    public virtual void Execute(SqlSession session, IReadOnlyList<StorageCommand> batch)
    {
        foreach (var command in batch)
            command.Execute(session);
    }

    /// <summary>A value as this database can hold it.</summary>
    public virtual object ToStored(object value) => value;

    /// <summary>Opens the connection that writes.</summary>
    public abstract DbConnection OpenWriter();

    /// <summary>Brings the schema up to date, where others may be about to do so as well.</summary>
    public virtual void Prepare(DbConnection writer, Action<DbConnection> migrate) => migrate(writer);

    /// <summary>Opens a connection that can only read.</summary>
    public abstract DbConnection OpenReader();

    /// <summary>Tidies up before the writing connection closes for good.</summary>
    public virtual void BeforeClose(SqlSession writer)
    {
    }

    /// <summary>Why the database can't take writes, for a person; null where the statement itself is at fault.</summary>
    public abstract string? WhyUnavailable(Exception exception);

    /// <summary>An expression: whether a column's text contains a parameter's. No patterns, so nothing to escape.</summary>
    public abstract string Contains(string column, string parameter);
}

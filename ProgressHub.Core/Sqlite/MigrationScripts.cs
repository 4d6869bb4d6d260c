using System.Globalization;
using System.Reflection;

namespace ProgressHub.Core.Sqlite;

/// <summary>The schema of a database as numbered steps, in files of an assembly.</summary>
public static class MigrationScripts
{
    /// <summary>The embedded files <c>NNNN_name.sql</c> of one folder, without those below it, in order.</summary>
    /// <param name="assembly">Where they are embedded.</param>
    /// <param name="folder">Their folder as a namespace, such as <c>ProgressHub.Core.Storage.Migrations.Sqlite</c>.</param>
    /// <exception cref="InvalidOperationException">There is none, or a number is missing.</exception>
    public static IReadOnlyList<MigrationScript> Embedded(Assembly assembly, string folder)
    {
        var prefix = $"{folder}.";
        MigrationScript[] scripts =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal)
                    && !name[prefix.Length..^".sql".Length].Contains('.', StringComparison.Ordinal))
                .Select(name => Read(assembly, name, name[prefix.Length..]))
                .OrderBy(script => script.Version),
        ];
        return scripts.Length > 0 && scripts.Index().All(step => step.Item.Version == step.Index + 1)
            ? scripts
            : throw new InvalidOperationException($"The schema steps in {folder} are not numbered 1, 2, 3, …");
    }

    private static MigrationScript Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var (number, name) = (file[..4], Path.GetFileNameWithoutExtension(file[5..]));
        return new MigrationScript(int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}

using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>One native library a process, whoever uses SQLite first.</summary>
public sealed class SqliteLibraryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("progresshub-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_system_s_library_serves_where_nobody_was_earlier()
    {
        Assert.True(SqliteLibrary.UseBest(), "The system has a library that is new enough.");
    }

    /// <summary>Binding the rest of the functions to another library made the process jump to address 0.</summary>
    [Fact]
    public void A_program_that_has_used_SQLite_before_keeps_the_library_it_has()
    {
        var program = new ProgramOfItsOwn();
        using var earlier = program.Connect(Path.Combine(_directory, "earlier.db"));
        Run(earlier, "CREATE TABLE things (body BLOB, name TEXT)");

        var usesTheSystems = program.UseBest();
        using var insert = earlier.CreateCommand();
        insert.CommandText = "INSERT INTO things VALUES (@body, @name)";
        Bind(insert, "@body", new byte[100]);
        Bind(insert, "@name", "thing");
        insert.ExecuteNonQuery();

        Assert.False(usesTheSystems);
        using var read = earlier.CreateCommand();
        read.CommandText = "SELECT name || length(body) FROM things";
        Assert.Equal("thing100", read.ExecuteScalar());
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>Has assemblies of its own, whose functions are not bound yet.</summary>
    private sealed class ProgramOfItsOwn : AssemblyLoadContext
    {
        public DbConnection Connect(string path)
        {
            var connection = (DbConnection)Activator.CreateInstance(
                Own("Microsoft.Data.Sqlite").GetType("Microsoft.Data.Sqlite.SqliteConnection", throwOnError: true)!,
                $"Data Source={path};Pooling=false")!;
            connection.Open();
            return connection;
        }

        public bool UseBest() => (bool)Own("ProgressHub.Core")
            .GetType(typeof(SqliteLibrary).FullName!, throwOnError: true)!
            .GetMethod(nameof(SqliteLibrary.UseBest))!
            .Invoke(null, null)!;

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name is { } name && (name == "ProgressHub.Core" || name.Contains("SQLite", StringComparison.OrdinalIgnoreCase))
                ? Own(name)
                : null;

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => NativeLibrary.Load(Path.Combine(
            AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal)
                ? "linux-arm64" : "linux-x64", "native", $"lib{unmanagedDllName}.so"));

        private Assembly Own(string name) => LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
    }
}

using System.Runtime.InteropServices;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>
/// Chooses the native library. On Linux the system's is newer than the one that comes with the package and gets its
/// security fixes; it is taken where it is there and not too old. Elsewhere, the one from the package.
/// </summary>
internal static class SqliteLibrary
{
    // 3.37: everything the statements need, with the fixes of RETURNING.
    private const int OldestSystemVersion = 3_037_000;
    private const string Bundled = "e_sqlite3";
    private static readonly Lazy<bool> Chosen = new(Choose);

    /// <summary>Must run before SQLite is first used; it counts once.</summary>
    /// <returns>Whether the system's library is used.</returns>
    public static bool UseBest() => Chosen.Value;

    private static bool Choose()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var system))
            return false;
        if (Version(system) < OldestSystemVersion)
            return false;

        try
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == Bundled ? system : IntPtr.Zero);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The host has chosen a library itself.
            return false;
        }
    }

    private static unsafe int Version(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged[Cdecl]<int>)function)()
            : 0;
}

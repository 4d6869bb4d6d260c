using System.Runtime.InteropServices;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// Chooses the native library. On Linux the system's is newer than the one that comes with the package and gets its
/// security fixes; it is taken where it is there and not too old. Elsewhere, the one from the package.
/// </summary>
/// <remarks>
/// The runtime binds each function of SQLite by itself, when it is first called. A choice made after somebody has opened
/// a connection would bind the rest to another library, and a connection of the one in the hands of the other crashes the
/// process. So where the package's library is loaded already, it stays.
/// </remarks>
internal static class SqliteLibrary
{
    // 3.37: everything the statements need, with the fixes of RETURNING.
    private const int OldestSystemVersion = 3_037_000;
    private const string Bundled = "e_sqlite3";
    private static readonly Lazy<bool> Chosen = new(Choose);

    /// <summary>Counts once. Best before SQLite is first used in the process.</summary>
    /// <returns>Whether the system's library is used.</returns>
    public static bool UseBest() => Chosen.Value;

    private static bool Choose()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var system))
            return false;
        if (Version(system) < OldestSystemVersion || IsBundledLoaded())
            return false;

        // Whoever is in the middle of a first call waits in the resolver for what is found here.
        var isFree = new Lazy<bool>(() => !IsBundledLoaded());
        try
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == Bundled && isFree.Value ? system : IntPtr.Zero);
            return isFree.Value;
        }
        catch (InvalidOperationException)
        {
            // The host has chosen a library itself.
            return false;
        }
    }

    private static bool IsBundledLoaded()
    {
        try
        {
            // proc(5): the last column is the file that is mapped there.
            return File.ReadLines("/proc/self/maps").Any(mapping => mapping.EndsWith($"/lib{Bundled}.so", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody can tell, and the package's library is right in either case.
            return true;
        }
    }

    private static unsafe int Version(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged[Cdecl]<int>)function)()
            : 0;
}

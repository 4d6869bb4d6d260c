using System.Runtime.CompilerServices;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Tests.Support;

/// <summary>What must be settled before any test, whichever comes first.</summary>
internal static class FirstThings
{
    /// <summary>Tests that open a database file by themselves would otherwise choose the library for all.</summary>
    [ModuleInitializer]
    internal static void ChooseTheDatabaseLibrary() => SqliteLibrary.UseBest();
}

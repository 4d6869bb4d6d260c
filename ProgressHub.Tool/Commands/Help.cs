namespace ProgressHub.Tool.Commands;

/// <summary>What <c>progresshub help</c> prints.</summary>
internal static class Help
{
    public const string Text = """
        progresshub run [-t TITLE] [-b SECONDS] [-g SECONDS] [--] COMMAND [ARGUMENT...]
            Runs a command and shows it as a job: its output is the log, its progress bar the bar, its exit code the end.
            Canceling the job stops it. -b: how long it may be silent (60). -g: how long it has to stop (10).
        progresshub submit KIND [NAME=VALUE...] [-i JSON | -i @FILE | -i -] [-f FILE] [-t TITLE] [-w]
            Submits a job and prints its id. -f uploads a file as input 'file'. -w watches it.
        progresshub watch JOB
            Shows a job until it ends: 0 where it succeeded, 1 where it failed, 2 where it was canceled.
        progresshub upload FILE [-n NAME] [-r UPLOAD]
            Uploads a file, going on after breaks, and prints its id. -r goes on with an upload of before.
        progresshub login [-u URL] [TOKEN]
            Saves the server and an API key for the next time; the key is read from the terminal where it is not given.
        progresshub logout

        Everywhere: -u URL, the server ($PROGRESSHUB_URL, what login saved, or http://localhost:5080).
        $PROGRESSHUB_TOKEN is the API key, in place of the saved one.
        """;
}

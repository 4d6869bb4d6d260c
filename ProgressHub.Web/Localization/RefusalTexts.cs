using System.Collections.Frozen;
using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Localization;

/// <summary>
/// Refusals and failures in the reader's language: the server tells them in English, with a stable code. There is one text for
/// each code; the message, which may tell more in particular, stands behind it.
/// </summary>
internal static class RefusalTexts
{
    /// <summary>The texts by their codes.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["account_disabled"] = UiText.Key("The account is disabled."),
        ["account_locked"] = UiText.Key("Too many wrong passwords were given. Wait a while, then try again."),
        ["account_not_found"] = UiText.Key("There is no such account."),
        ["ambiguous_account"] = UiText.Key("Several accounts have that name; use the account's id."),
        ["at_in_past"] = UiText.Key("That time is over; choose one that is still to come."),
        ["audio_failed"] = UiText.Key("The sound of the file could not be read."),
        ["auth_mode_local"] = UiText.Key("In local mode there is one user, and nobody to share with."),
        ["bad_at"] = UiText.Key("That is no time."),
        ["bad_cron"] = UiText.Key("These are not the five fields of cron, or they name a day that never comes."),
        ["broken_answer"] = UiText.Key("The engine's answer can't be used."),
        ["budget_exceeded"] = UiText.Key("The job's budget does not allow any more. What is done is kept."),
        ["budget_unpriced"] = UiText.Key("A budget of cost can't be kept, for the model has no price."),
        ["collection_full"] = UiText.Key("The collection would have more passages than it may."),
        ["collection_not_found"] = UiText.Key("There is no such collection."),
        ["collection_read_only"] = UiText.Key("This collection comes with the server and can't be changed."),
        ["collection_rebuilt"] = UiText.Key("The collection was made anew while documents were taken in; they are taken in again."),
        ["collection_up_to_date"] = UiText.Key("The collection's vectors are up to date already."),
        ["context_unavailable"] = UiText.Key("The earlier questions can't be read now."),
        ["data_damaged"] = UiText.Key("What is stored of this is damaged."),
        ["data_gone"] = UiText.Key("The table is gone: nobody had asked it anything for long. Send its file again."),
        ["disk_full"] = UiText.Key("The server's disk is nearly full."),
        ["document_failed"] = UiText.Key("It could not be read: it ended the process that read it."),
        ["document_timeout"] = UiText.Key("Reading it took too long and was stopped."),
        ["document_too_complex"] = UiText.Key("It takes more to be read than a document may."),
        ["document_too_large"] = UiText.Key("It has more text than a document may."),
        ["duplicate_id"] = UiText.Key("Another document of this job has the same id; the first one counts."),
        ["empty_audio"] = UiText.Key("There is no sound in the file: it is empty."),
        ["empty_document"] = UiText.Key("There is no text in it."),
        ["empty_file"] = UiText.Key("The file is empty."),
        ["empty_table"] = UiText.Key("The table has no rows."),
        ["empty_text"] = UiText.Key("There is no text to work on."),
        ["encrypted_document"] = UiText.Key("It is protected by a password. Save it without one."),
        ["engine_answer_too_long"] = UiText.Key("The engine's answer is too long."),
        ["engine_busy"] = UiText.Key("The engine asks for a pause."),
        ["engine_failed"] = UiText.Key("The engine failed."),
        ["engine_quota_exhausted"] = UiText.Key("The account at the engine's provider has no credit left."),
        ["engine_refused"] = UiText.Key("The engine declined to answer."),
        ["engine_rejected_key"] = UiText.Key("The engine does not accept the API key."),
        ["engine_rejected_request"] = UiText.Key("The engine refused the request."),
        ["engine_unavailable"] = UiText.Key("The engine can't be used now."),
        ["ffmpeg_missing"] = UiText.Key("Such files need ffmpeg, which is not installed here."),
        ["file_taken"] = UiText.Key("A job keeps the files it began with."),
        ["file_too_large"] = UiText.Key("The file is larger than one may be."),
        ["files_not_scheduled"] = UiText.Key("A schedule has no files: an upload is gone before it is due."),
        ["gone"] = UiText.Key("The job is gone."),
        ["idempotency_key_reused"] = UiText.Key("This Idempotency-Key came with another request before."),
        ["import_failed"] = UiText.Key("The file could not be read: it ended the process that read it."),
        ["import_timeout"] = UiText.Key("Reading the table took too long and was stopped."),
        ["input_gone"] = UiText.Key("The job's input is gone."),
        ["input_too_large"] = UiText.Key("The input is larger than that of a schedule may be."),
        ["internal_error"] = UiText.Key("The server failed; its log says why."),
        ["invalid_answer"] = UiText.Key("The answer is not one that is taken."),
        ["invalid_csv"] = UiText.Key("The CSV is not well-formed."),
        ["invalid_document"] = UiText.Key("This is no document that can be taken in."),
        ["invalid_docx"] = UiText.Key("This Word document can't be read."),
        ["invalid_expiry"] = UiText.Key("That is not when it may end."),
        ["invalid_grammar"] = UiText.Key("The grammar can't be used."),
        ["invalid_html"] = UiText.Key("The page is nested too deeply to be read."),
        ["invalid_input"] = UiText.Key("What was sent is not acceptable."),
        ["invalid_json"] = UiText.Key("The JSON is not what is expected."),
        ["invalid_markdown"] = UiText.Key("The Markdown is nested too deeply to be read."),
        ["invalid_name"] = UiText.Key("That name can't be taken."),
        ["invalid_password"] = UiText.Key("That password can't be taken."),
        ["invalid_pdf"] = UiText.Key("The PDF is damaged or cut short, or no PDF at all."),
        ["invalid_pptx"] = UiText.Key("This presentation can't be read."),
        ["invalid_quota"] = UiText.Key("A bound is not acceptable."),
        ["invalid_reading"] = UiText.Key("The file can't be read in that way."),
        ["invalid_right"] = UiText.Key("That right can't be given."),
        ["invalid_scope"] = UiText.Key("A key can't have those scopes."),
        ["invalid_tag"] = UiText.Key("A tag is too long, or empty."),
        ["invalid_text"] = UiText.Key("The text is not valid Unicode."),
        ["invalid_times"] = UiText.Key("A schedule comes again and again, or once; one of the two."),
        ["invalid_webhook_events"] = UiText.Key("The webhook names no event."),
        ["invalid_webhook_secret"] = UiText.Key("The webhook's secret is not well-formed."),
        ["invalid_webhook_url"] = UiText.Key("The webhook's address can't be used."),
        ["invalid_xlsx"] = UiText.Key("This workbook can't be read."),
        ["items_failed"] = UiText.Key("Some items failed; the rest is done. Retry the failed ones alone."),
        ["job_id_taken"] = UiText.Key("There is, or was, a job of that id; choose 128 other random bits."),
        ["key_not_found"] = UiText.Key("There is no such key."),
        ["kind_not_scheduled"] = UiText.Key("Jobs of this kind can't be scheduled."),
        ["last_administrator"] = UiText.Key("There must be another administrator first; this is the only one."),
        ["length_mismatch"] = UiText.Key("The upload is of another length than was said."),
        ["model_unusable"] = UiText.Key("The model can't be used."),
        ["name_taken"] = UiText.Key("There is an account of that name already."),
        ["no_answer"] = UiText.Key("The question is unclear, and nobody chose what is meant in time. Ask it again, and name the column."),
        ["no_password"] = UiText.Key("A provider vouches for this account; it has no password here."),
        ["no_pending_input"] = UiText.Key("The job asks nothing now."),
        ["not_a_table"] = UiText.Key("The file is no table."),
        ["not_audio"] = UiText.Key("No sound can be read from the file."),
        ["not_finished"] = UiText.Key("The job has not ended; cancel it first."),
        ["not_queued"] = UiText.Key("The job does not wait in the queue."),
        ["not_text"] = UiText.Key("This is no text: it has zero bytes in it."),
        ["nothing_failed"] = UiText.Key("Nothing of this job failed."),
        ["offset_mismatch"] = UiText.Key("The bytes do not begin where those before them end."),
        ["own_job"] = UiText.Key("The job is theirs already."),
        ["query_failed"] = UiText.Key("The query failed."),
        ["query_timeout"] = UiText.Key("The query took too long and was stopped; narrow it down."),
        ["query_too_large"] = UiText.Key("The query's result, or what it needs, is too large; ask for less of it."),
        ["queue_full"] = UiText.Key("Too many jobs wait already; try again later."),
        ["quota_audio_minutes"] = UiText.Key("The month's minutes of audio are used up."),
        ["quota_jobs_per_day"] = UiText.Key("The day's jobs are used up."),
        ["quota_jobs_queued"] = UiText.Key("As many of your jobs wait as may."),
        ["quota_jobs_running"] = UiText.Key("As many of your jobs run as may."),
        ["quota_money"] = UiText.Key("The month's money is used up."),
        ["quota_storage"] = UiText.Key("There is no room left for what you keep; delete something to make room."),
        ["quota_tokens"] = UiText.Key("The month's tokens are used up."),
        ["rate_limited"] = UiText.Key("Too many jobs were submitted within a minute; try again later."),
        ["rebuild_superseded"] = UiText.Key("Another job makes the collection anew, or has done so."),
        ["scanned_document"] = UiText.Key("Its pages are pictures: there is no text in them."),
        ["secrets_not_scheduled"] = UiText.Key("A schedule has no secrets: they are never stored."),
        ["session_not_found"] = UiText.Key("There is no such session."),
        ["share_insufficient"] = UiText.Key("The job is shared with you, but not for that. Ask its owner for the right to manage it, or to do it themselves."),
        ["share_not_found"] = UiText.Key("The job has no such share."),
        ["stalled"] = UiText.Key("The program that does the work has fallen silent."),
        ["storage_full"] = UiText.Key("All files together are as many bytes as they may be."),
        ["storage_unavailable"] = UiText.Key("The server can't read or write what is stored now; try again in a moment."),
        ["table_too_complex"] = UiText.Key("The table needs more memory to be read than it may take."),
        ["table_too_large"] = UiText.Key("The table is larger than one may be."),
        ["table_unavailable"] = UiText.Key("The table can't be opened now."),
        ["text_failed"] = UiText.Key("The text's structure could not be read: it ended the process that read it. Translate it as plain text."),
        ["text_timeout"] = UiText.Key("Reading the text's structure took too long and was stopped."),
        ["text_too_complex"] = UiText.Key("Reading the text's structure needs more memory than it may take. Translate it in parts, or as plain text."),
        ["text_too_long"] = UiText.Key("The text is longer than one may be."),
        ["timed_out"] = UiText.Key("The job took longer than it may."),
        ["title_too_long"] = UiText.Key("The title is too long."),
        ["too_many_collections"] = UiText.Key("You have as many collections as the server allows."),
        ["too_many_columns"] = UiText.Key("The table has more columns than are taken."),
        ["too_many_documents"] = UiText.Key("There are too many documents. Take them in in several jobs."),
        ["too_many_events"] = UiText.Key("The job has reported as much as a job may."),
        ["too_many_keys"] = UiText.Key("You have as many keys as an account may; revoke one first."),
        ["too_many_schedules"] = UiText.Key("You have as many schedules as you may; delete one."),
        ["too_many_sessions"] = UiText.Key("You have as many sessions as the server allows; delete one."),
        ["too_many_shares"] = UiText.Key("The job has as many shares as it may; revoke one first."),
        ["too_many_tags"] = UiText.Key("The job has more tags than it may."),
        ["too_many_uploads"] = UiText.Key("You have too many uploads that no job has used."),
        ["too_much_text"] = UiText.Key("There is too much text. Take it in in several jobs."),
        ["unknown_account"] = UiText.Key("There is no account of that name."),
        ["unknown_engine"] = UiText.Key("There is no such engine."),
        ["unknown_file"] = UiText.Key("There is no such uploaded file."),
        ["unknown_format"] = UiText.Key("There is no such format."),
        ["unknown_kind"] = UiText.Key("There is no such kind of job here."),
        ["unknown_retry_of"] = UiText.Key("The job whose work is to be taken up again does not exist."),
        ["unknown_sample"] = UiText.Key("There is no such sample."),
        ["unknown_stage"] = UiText.Key("The job has no such stage."),
        ["unknown_time_zone"] = UiText.Key("There is no such time zone."),
        ["unsafe_query"] = UiText.Key("The query is not one that may be run."),
        ["unsupported_format"] = UiText.Key("Files of this kind can't be read."),
        ["unsupported_language"] = UiText.Key("That language is not known to the engine."),
        ["unsupported_option"] = UiText.Key("The engine does not take that option."),
        ["upload_in_use"] = UiText.Key("The file is whole and a job needs it."),
        ["upload_incomplete"] = UiText.Key("The upload broke off before the file was whole; send it again."),
        ["upload_not_found"] = UiText.Key("There is no such upload."),
        ["upload_taken_over"] = UiText.Key("Another request goes on with this upload."),
        ["vector_store_busy"] = UiText.Key("The vector store asks for a pause."),
        ["vector_store_failed"] = UiText.Key("The vector store failed."),
        ["vector_store_rejected_key"] = UiText.Key("The vector store does not accept the API key."),
        ["vector_store_unavailable"] = UiText.Key("The vector store can't be reached."),
        ["vector_store_untrusted"] = UiText.Key("The vector store's certificate is not trusted."),
        ["webhook_address_not_allowed"] = UiText.Key("Webhooks go to public addresses only."),
        ["webhooks_unsupported"] = UiText.Key("This server sends no webhooks."),
        ["wrong_password"] = UiText.Key("The present password is not that."),
        ["wrong_request"] = UiText.Key("The job waits for an answer to another question."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A refusal.</summary>
    /// <param name="code">Its stable code; null for none.</param>
    /// <param name="message">What the server says, in English.</param>
    public static string Of(string? code, string message)
    {
        if (UiText.LanguageOf(CultureInfo.CurrentUICulture) == UiText.SourceLanguage || code is null || !All.TryGetValue(code, out var text))
            return message;
        return text == message ? UiText.Of(text) : UiText.Of("{0} ({1})", UiText.Of(text), message);
    }

    /// <summary>The texts of the reader's language by their codes; none where that is English, as the server's messages are.</summary>
    public static Dictionary<string, string> Translated() => UiText.LanguageOf(CultureInfo.CurrentUICulture) == UiText.SourceLanguage
        ? []
        : All.ToDictionary(text => text.Key, text => UiText.Of(text.Value));

    /// <summary>Why a job failed.</summary>
    public static string Of(JobError error) => Of(error.Code, error.Message);

    /// <summary>A refusal that was thrown.</summary>
    public static string Of(Exception refusal) => refusal switch
    {
        WorkloadException { Code: var code } => Of(code, refusal.Message),
        JobConflictException { Code: var code } => Of(code, refusal.Message),
        UploadException { Code: var code } => Of(code, refusal.Message),
        InvalidWebhookException { Code: var code } => Of(code, refusal.Message),
        _ => refusal.Message,
    };
}

import assert from "node:assert/strict";
import { test } from "node:test";

// The page as the server sends it to a reader of another language.
const messages = {
  "{0} of {1} batches translated": "{1} 批中已翻譯 {0} 批", "{0} of {1} passages": "{1} 段中的 {0} 段", "Batch {0} failed: {1}": "第 {0} 批失敗:{1}",
  "Engine: {0}, model {1}": "引擎:{0},模型 {1}", "Engine: {0}": "引擎:{0}", "Received {0}": "已接收 {0}", "Message logged": "訊息已記錄",
  "The engine asks for a pause.": "引擎要求暫停一下。",
};
const texts = { Translating: "翻譯", "OpenAI-compatible endpoint": "OpenAI 相容端點", "Whisper (whisper.cpp, offline)": "Whisper(離線)" };
globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "zh-Hant" },
  getElementById: (id) => (id === "job" ? { dataset: { messages: JSON.stringify(messages), texts: JSON.stringify(texts) } } : null),
});
const { said } = await import("../../../wwwroot-assets/watch/messages.js");

for (const [message, expected] of [
  ["16 of 17 batches translated", "17 批中已翻譯 16 批"],
  ["Batch 2 failed: The engine asks for a pause.", "第 2 批失敗:引擎要求暫停一下。"],
  ["Batch 2 failed: It rains.", "第 2 批失敗:It rains."],
  ["Received letter, {1}.pdf", "已接收 letter, {1}.pdf"],
  ["Engine: Whisper (whisper.cpp, offline)", "引擎:Whisper(離線)"],
  ["Engine: OpenAI-compatible endpoint (gpt), model gpt", "引擎:OpenAI 相容端點 (gpt),模型 gpt"],
  ["Message logged", "訊息已記錄"],
  ["Translating", "翻譯"],
  ["notes.md: The engine asks for a pause.", "notes.md: 引擎要求暫停一下。"],
  ["notes.md: Nobody has said this before.", "notes.md: Nobody has said this before."],
  ["Said by nobody before", "Said by nobody before"],
]) {
  test(`“${message}” is known by its form`, () => assert.equal(said(message), expected));
}

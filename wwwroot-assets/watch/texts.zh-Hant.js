export default {
  "Queued": "排隊中", "Running": "執行中", "Needs an answer": "需要回答", "Canceling": "取消中",
  "Succeeded": "成功", "Failed": "失敗", "Canceled": "已取消", "Stalled": "停滯",
  "{0} ms": "{0} 毫秒", "{0} s": "{0} 秒", "{0} min": "{0} 分", "{0} min {1} s": "{0} 分 {1} 秒", "{0} h": "{0} 小時", "{0} h {1} min": "{0} 小時 {1} 分",
  "about {0} left": "約剩 {0}", "{0} to {1} left": "剩 {0} 到 {1}", "{0}, longer than usual": "{0},比平常久",
  "{0} of {1}": "{0} / {1}", "{0} + {1} tokens": "{0} + {1} 個權杖", "about {0}": "約 {0}", "{0} ({1})": "{0}({1})",
  "Information": "資訊", "Success": "成功", "Warning": "警告", "Error": "錯誤", "took {0}": "耗時 {0}",
  "Results": "結果", "Results so far": "目前的結果", "{0} failed": "{0} 個失敗", "This piece failed.": "這一段失敗了。",
  "Answer": "回答", "All done.": "全部完成。", "Waiting in the queue, {0} before it.": "在佇列中等候,前面還有 {0} 個。", "Waiting to begin.": "等候開始。",
  "Canceling…": "取消中…", "Cancel the job": "取消工作",
  "Stage {0}.": "階段 {0}。", "Stage {0} of {1}: {2}.": "第 {0} 階段,共 {1}:{2}。",
  "Connecting": "連線中", "Connected": "已連線", "Connected, by polling": "已連線(輪詢)", "Reconnecting": "重新連線中", "Disconnected": "已中斷", "Up to date": "已是最新",
  "The job could not be canceled": "無法取消工作", "The answer was not taken": "回答未被接受", "This job can no longer be watched: {0}": "無法再觀看此工作:{0}",
  // The stages of the built-in workloads, which come from the server in English.
  "Preparing": "準備", "Translating": "翻譯", "Assembling": "組合", "Reading": "讀取", "Chunking": "切分", "Embedding": "計算向量",
  "Indexing": "建立索引", "Switching": "切換", "Processing": "處理", "Retrieving": "檢索中", "Answering": "回答中", "Completing": "收尾",
  "Uploading": "上傳", "Preprocessing": "前處理", "Transcribing": "轉錄", "Working": "處理中", "Session": "對話", "Session and cache": "對話與快取",
  "Reading the table": "讀取表格", "Context search": "內容搜尋", "Planning": "規劃", "Executing": "執行", "Presenting": "呈現",
};

// The tus-js-client that pages use, unmodified, on Node. Told by JSON in argv[2]; answers by JSON.
import { createReadStream } from "node:fs";
import { Upload, FileUrlStorage } from "tus-js-client";

const told = JSON.parse(process.argv[2]);
const seen = { requests: [], videoId: "", resumed: false };

function upload(more) {
  return new Promise((done, failed) => {
    const made = new Upload(createReadStream(told.file), {
      endpoint: told.endpoint,
      headers: { Authorization: `Bearer ${told.token}` },
      metadata: { filename: "Häschen.mp4" },
      retryDelays: [0, 1000, 3000, 5000, 5000],
      urlStorage: new FileUrlStorage(told.storage),
      onAfterResponse(request, response) {
        seen.requests.push(`${request.getMethod()} ${response.getStatus()}`);
        seen.videoId = response.getHeader("Video-Id") || seen.videoId;
      },
      onProgress(sent) {
        if (told.mark && sent >= told.mark) {
          console.log("MARK");
          told.mark = 0;
        }
      },
      onSuccess: () => done("whole"),
      onError: failed,
      ...told.options,
      ...more(() => made, done),
    });
    made.findPreviousUploads().then((previous) => {
      if (previous.length > 0) {
        seen.resumed = true;
        made.resumeFromPreviousUpload(previous[0]);
      }
      made.start();
    }, failed);
  });
}

if (told.abortAt) {
  await upload((made, done) => ({
    onProgress(sent) {
      if (sent >= told.abortAt) made().abort(false).then(() => done("aborted"));
    },
  }));
}
if (told.thenDelete) {
  await upload((made, done) => ({
    onProgress(sent) {
      if (sent >= told.thenDelete) made().abort(true).then(() => done("deleted"));
    },
  }));
} else {
  await upload(() => ({}));
}
console.log(JSON.stringify(seen));

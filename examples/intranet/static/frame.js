// The frame is as high as the page in it says.
const frame = document.getElementById("archive");

addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  if (event.data?.type === "transcript-search:height") frame.style.height = `${event.data.height}px`;
});

// A page in a frame says how high it is, whenever that changes: the frame can be made to fit.
// Only pages that are listed (`frame-ancestors`) can be its parent, so only they are told.
{
  const tell = () =>
    parent.postMessage(
      { type: "transcript-search:height", height: Math.ceil(document.body.getBoundingClientRect().height) },
      "*",
    );
  if (parent !== window) new ResizeObserver(tell).observe(document.body);
}

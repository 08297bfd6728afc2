// Runs in CloudFront (runtime cloudfront-js-2.0) before every request to /ws/*. API Gateway's WebSocket API takes no
// path after its stage, so /ws/chat/{chatId}?token=T becomes /live?chatId={chatId}&token=T.
function handler(event) {
  var request = event.request;
  var match = /^\/ws\/chat\/([^/]+)\/?$/.exec(request.uri);
  if (!match) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  // What the path says counts, whatever chatId the client put into the query.
  request.querystring.chatId = { value: match[1] };
  request.uri = '/live';
  return request;
}

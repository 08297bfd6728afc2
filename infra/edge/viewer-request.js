// Runs in CloudFront (runtime cloudfront-js-2.0) before every request to /ws/*. API Gateway's WebSocket API takes no
// path after its stage, so /ws/chat/{chatId}?token=T becomes /live?chatId={chatId}&token=T.
function handler(event) {
  var request = event.request;
  var match = /^\/ws\/chat\/([^/]+)\/?$/.exec(request.uri);
  if (!match) {
    return problem(404, 'route_not_found', 'There is no such endpoint.');
  }
  // What the path says counts, whatever chatId the client put into the query. Two signs are themselves in a path, and
  // in a query the next parameter and a space.
  request.querystring.chatId = { value: match[1].replace(/&/g, '%26').replace(/\+/g, '%2B') };
  request.uri = '/live';
  // API Gateway takes 4,096 characters, its host among them, and refuses more with an answer that says nothing.
  if (lengthOf(request) > 4000) {
    return problem(414, 'url_too_long', 'The URL is too long: 4,000 characters at most.');
  }
  return request;
}

function lengthOf(request) {
  var length = request.uri.length;
  for (var name in request.querystring) {
    var parameter = request.querystring[name];
    (parameter.multiValue || [parameter]).forEach(function (each) {
      length += name.length + each.value.length + 2;
    });
  }
  return length;
}

// As shared/contract/problems.ts has it.
function problem(status, code, title) {
  return {
    statusCode: status,
    headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: JSON.stringify({ type: 'about:blank', title: title, status: status, code: code }) },
  };
}

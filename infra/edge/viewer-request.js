// Runs in CloudFront (runtime cloudfront-js-2.0) before every request to /ws/*. API Gateway's WebSocket API takes no
// path after its stage, so /ws/chat/{chatId}?token=T becomes /live?chatId={chatId}&token=T.
function handler(event) {
  var request = event.request;
  var match = /^\/ws\/chat\/([^/]+)\/?$/.exec(request.uri);
  if (!match) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  if (lengthOf(request) > 4096) {
    return { statusCode: 414, statusDescription: 'URI Too Long' };
  }
  // What the path says counts, whatever chatId the client put into the query.
  request.querystring.chatId = { value: match[1] };
  request.uri = '/live';
  return request;
}

// API Gateway takes no more than 4,096 characters, and refuses them with a page of its own.
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

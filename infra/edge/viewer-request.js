// CloudFront (runtime cloudfront-js-2.0) runs this before every request to /ws/* and */ws/*. A WebSocket API accepts no path
// after its stage, so /ws/chat/{chatId}?token=T becomes /live?chatId={chatId}&token=T, and /ws/inbox?token=T becomes
// /live?inbox=1&token=T.
function handler(event) {
  var request = event.request;
  var match = /^\/+ws\/(?:inbox|chat\/([^/]+))\/?$/.exec(request.uri);
  if (!match) {
    return problem(404, 'route_not_found', 'This endpoint does not exist.');
  }
  // The path overrides what the query says about it.
  if (match[1] === undefined) {
    request.querystring.inbox = { value: '1' };
    delete request.querystring.chatId;
  } else {
    // `&` and `+` are ordinary characters in a path, but in a query they separate parameters and stand for a space.
    request.querystring.chatId = { value: match[1].replace(/&/g, '%26').replace(/\+/g, '%2B') };
    delete request.querystring.inbox;
  }
  request.uri = '/live';
  // API Gateway accepts 4,096 characters including its host, and refuses longer URLs without saying why.
  if (lengthOf(request) > 4000) {
    return problem(414, 'url_too_long', 'The URL is too long. The maximum is 4,000 characters.');
  }
  return request;
}

function lengthOf(request) {
  var length = request.uri.length;
  // Own names only: a client may call a parameter `__proto__`.
  Object.keys(request.querystring).forEach(function (name) {
    var parameter = request.querystring[name];
    (parameter.multiValue || [parameter]).forEach(function (each) {
      length += name.length + each.value.length + 2;
    });
  });
  return length;
}

// Status, code and title are those of shared/contract/problems.ts.
function problem(status, code, title) {
  return {
    statusCode: status,
    headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: JSON.stringify({ type: 'about:blank', title: title, status: status, code: code }) },
  };
}

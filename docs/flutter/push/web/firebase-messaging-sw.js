// Firebase stops clicks on its notifications, so this listener must come before its scripts.
self.addEventListener('notificationclick', (event) => {
  const push = event.notification.data?.FCM_MSG?.data;
  if (!push) return;
  event.stopImmediatePropagation();
  event.notification.close();
  event.waitUntil(open(push));
});

/** Shows the chat in a tab of the app: index.html reloads the page with the push in its address. */
async function open(push) {
  const [tab] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!tab) return self.clients.openWindow(`/?${new URLSearchParams(push)}`);
  await tab.focus();
  tab.postMessage({ push });
}

importScripts('https://www.gstatic.com/firebasejs/12.18.0/firebase-app-compat.js');
importScripts('https://www.gstatic.com/firebasejs/12.18.0/firebase-messaging-compat.js');

// The web app of the Firebase project, as in firebase_options.dart.
firebase.initializeApp({
  apiKey: '...',
  appId: '...',
  messagingSenderId: '...',
  projectId: '...',
});

// Firebase shows a push unless a tab of the app is visible.
firebase.messaging();

import UserNotifications

/// Counts a push and puts the sum of all chats on the app's icon. iOS runs this for each push, even when the app, and
/// with it Dart, is not running.
final class NotificationService: UNNotificationServiceExtension {
  /// The app group that the app passes to `ChatPush` as `appGroup`.
  private static let appGroup = "group.com.example.chat"
  private static let key = "chat_unread"

  /// Several pushes may come at the same time.
  private static let queue = DispatchQueue(label: "chat_unread")

  override func didReceive(
    _ request: UNNotificationRequest,
    withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void
  ) {
    let userInfo = request.content.userInfo
    guard
      let content = request.content.mutableCopy() as? UNMutableNotificationContent,
      let chatId = userInfo["chatId"] as? String,
      let text = userInfo["unread"] as? String,
      let unread = Int(text)
    else { return contentHandler(request.content) }
    let total = Self.queue.sync { Self.total(chatId: chatId, unread: unread) }
    content.badge = NSNumber(value: total)
    contentHandler(content)
  }

  /// Stores how much is unread in a chat and returns the sum of all chats. Without the app group, returns only this
  /// chat's number.
  private static func total(chatId: String, unread: Int) -> Int {
    guard let store = UserDefaults(suiteName: appGroup) else { return unread }
    var numbers = read(store)
    numbers[chatId] = unread > 0 ? unread : nil
    if let data = try? JSONEncoder().encode(numbers) {
      store.set(String(decoding: data, as: UTF8.self), forKey: key)
    }
    return numbers.values.reduce(0, +)
  }

  /// The text that `UnreadNumbers` in Dart writes.
  private static func read(_ store: UserDefaults) -> [String: Int] {
    let text = store.string(forKey: key) ?? "{}"
    return (try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8))) ?? [:]
  }
}

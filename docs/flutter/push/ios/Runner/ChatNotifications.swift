import Flutter
import UserNotifications

/// The iOS side of `SystemNotifications` in Dart.
final class ChatNotifications: NSObject, FlutterPlugin {
  /// The chat on the screen. Its pushes are not shown.
  private static var visibleChatId: String?

  static func register(with registrar: FlutterPluginRegistrar) {
    let channel = FlutterMethodChannel(name: "group_chat_push", binaryMessenger: registrar.messenger())
    registrar.addMethodCallDelegate(ChatNotifications(), channel: channel)
  }

  /// How to show a push that comes while the app is in the foreground.
  static func presentation(of notification: UNNotification) -> UNNotificationPresentationOptions {
    let chatId = notification.request.content.userInfo["chatId"] as? String
    return chatId != nil && chatId == visibleChatId ? [] : [.banner, .list, .sound]
  }

  func handle(_ call: FlutterMethodCall, result: @escaping FlutterResult) {
    let chatId = call.arguments as? String
    let center = UNUserNotificationCenter.current()
    switch call.method {
    case "setVisible":
      Self.visibleChatId = chatId
    case "remove":
      // The backend sends the chat as apns-collapse-id, which becomes the identifier.
      if let chatId { center.removeDeliveredNotifications(withIdentifiers: [chatId]) }
    case "removeAll":
      center.removeAllDeliveredNotifications()
    default:
      return result(FlutterMethodNotImplemented)
    }
    result(nil)
  }
}

/// An object of parsed JSON.
typedef Json = Map<String, dynamic>;

/// A list of objects. An absent list is an empty one.
List<T> listOf<T>(dynamic items, T Function(Json) fromJson) => [
  for (final item in items as List<dynamic>? ?? const []) fromJson(item as Json),
];

/// An object that may be absent.
T? optional<T>(dynamic json, T Function(Json) fromJson) => json == null ? null : fromJson(json as Json);

import '../rest/json.dart';
import '../rest/models.dart';

/// The thumbnail of a file on this device. Unlike a [Thumbnail] it can be sent and stored.
class LocalThumbnail extends Thumbnail {
  LocalThumbnail.fromJson(super.json) : super.fromJson();

  /// [size] is in bytes, at most 100,000.
  LocalThumbnail({required int size, int? width, int? height})
    : super.fromJson({'size': size, 'width': width, 'height': height});

  Json toJson() => {'size': size, 'width': ?width, 'height': ?height};
}

import 'dart:async';
import 'dart:io';

import 'package:dio/dio.dart';

import '../rest/chat_api.dart';
import '../rest/models.dart';
import '../times.dart';
import 'local_file.dart';

/// Uploads files to the bucket. The backend is asked where, and never sees the bytes itself.
class Uploader {
  Uploader(this._api, this._folder);

  final ChatApi _api;

  /// Where the files are on this device.
  final String _folder;

  /// Has no base URL and no token: the URL of an upload is all that it needs.
  final _dio = Dio(BaseOptions(connectTimeout: Times.answer, receiveTimeout: Times.upload));

  /// Where to upload files that did not arrive yet. Each announcement counts towards the bytes of the user's day, so a
  /// broken upload uses its own again.
  final _announced = <LocalFile, ({CreateFileResponse answer, DateTime end})>{};

  /// The id of the uploaded file. A file that broke off begins again with its first byte, and so does an expired one.
  ///
  /// [onSent] hears how many bytes of the file and its thumbnail are sent. The upload ends with a [DioException] as soon
  /// as [isWanted] is false. Throws an `ApiProblem` if the backend refuses, and a [FileSystemException] if the file is not
  /// on the device any more.
  Future<String> upload(
    LocalFile file, {
    required String purpose,
    required void Function(int bytes) onSent,
    bool Function() isWanted = _always,
  }) async {
    final CreateFileResponse(:upload, :thumbnailUpload, file: AnnouncedFile(:id)) = await _announce(file, purpose);
    try {
      final thumbnailSize = thumbnailUpload == null ? 0 : file.thumbnail?.size ?? 0;
      if (thumbnailUpload != null) await _put(thumbnailUpload, file.thumbnailKey, onSent, isWanted);
      await _put(upload, file.key, (bytes) => onSent(thumbnailSize + bytes), isWanted);
    } on DioException catch (error) {
      // S3 refused: the URL has expired, or the file is another one by now. Only a new announcement can help.
      if (error.response != null) _announced.remove(file);
      rethrow;
    }
    _announced.remove(file);
    return id;
  }

  static bool _always() => true;

  Future<CreateFileResponse> _announce(LocalFile file, String purpose) async {
    final known = _announced[file];
    if (known != null && known.end.isAfter(DateTime.now())) return known.answer;
    final answer = await _api.createFile(
      name: file.name,
      mimeType: file.mimeType,
      size: file.size,
      purpose: purpose,
      width: file.width,
      height: file.height,
      durationMs: file.durationMs,
      blurhash: file.blurhash,
      waveform: file.waveform,
      thumbnail: file.thumbnail,
    );
    _announced[file] = (answer: answer, end: DateTime.now().add(Duration(seconds: answer.upload.expiresIn)));
    return answer;
  }

  /// A PUT stores the whole object or nothing.
  Future<void> _put(FileUpload upload, String key, void Function(int) onSent, bool Function() isWanted) async {
    final file = File('$_folder/$key');
    final size = await file.length();
    final cancel = CancelToken();
    Timer? stalled;
    // dio itself only limits the time of the whole upload, which depends on its size.
    void follow(int bytes) {
      stalled?.cancel();
      stalled = Timer(Times.upload, cancel.cancel);
      if (!isWanted()) cancel.cancel();
      onSent(bytes);
    }

    follow(0);
    try {
      await _dio.put<void>(
        upload.url,
        data: file.openRead(),
        // Without the length, Dart would send the stream in chunks, which S3 refuses.
        options: Options(headers: {...upload.headers, Headers.contentLengthHeader: size}, validateStatus: _isStored),
        cancelToken: cancel,
        onSendProgress: (bytes, _) => follow(bytes),
      );
    } finally {
      stalled?.cancel();
    }
  }

  /// 412 says that an earlier try has stored the file, although its answer was lost.
  static bool _isStored(int? status) => status != null && (status ~/ 100 == 2 || status == 412);
}

import 'dart:async';

import 'package:flutter/foundation.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:record/record.dart';

import 'file_folder.dart';
import 'waveform.dart';

/// Records voice messages, one after the other. Listeners hear of the loudness ten times a second.
class VoiceRecorder extends ChangeNotifier {
  VoiceRecorder(this._folder);

  static const _interval = Duration(milliseconds: 100);

  /// AAC in one channel, which all phones and browsers play: about 15 MB in an hour.
  static const _config = RecordConfig(bitRate: 32000, sampleRate: 22050, numChannels: 1);

  final FileFolder _folder;
  final _recorder = AudioRecorder();
  final _levels = <double>[];
  final _clock = Stopwatch();
  StreamSubscription<Amplitude>? _loudness;
  String? _key;
  bool _disposed = false;

  bool get isRecording => _key != null;

  Duration get duration => _clock.elapsed;

  List<int> get waveform => waveformOf(_levels);

  /// False if the user does not allow the microphone.
  Future<bool> start() async {
    if (!await _recorder.hasPermission()) return false;
    final key = FileFolder.newKey('m4a');
    _levels.clear();
    await _recorder.start(_config, path: _folder.fileOf(key).path);
    _key = key;
    _clock
      ..reset()
      ..start();
    _loudness = _recorder.onAmplitudeChanged(_interval).listen((amplitude) {
      _levels.add(amplitude.current);
      notifyListeners();
    });
    notifyListeners();
    return true;
  }

  /// Ends the recording. Null if there is none.
  Future<LocalFile?> stop() async {
    final key = _key;
    if (key == null) return null;
    // A second tap must not send it twice.
    _key = null;
    try {
      await _recorder.stop();
    } finally {
      await _end();
    }
    return LocalFile(
      key: key,
      name: key,
      mimeType: 'audio/mp4',
      size: await _folder.fileOf(key).length(),
      durationMs: duration.inMilliseconds,
      waveform: waveform,
    );
  }

  /// Gives up the recording.
  Future<void> cancel() async {
    if (!isRecording) return;
    await _recorder.cancel();
    await _end();
  }

  Future<void> _end() async {
    _key = null;
    _clock.stop();
    await _loudness?.cancel();
    // The user may have left meanwhile.
    if (!_disposed) notifyListeners();
  }

  @override
  void dispose() {
    _disposed = true;
    unawaited(_loudness?.cancel());
    unawaited(_recorder.dispose());
    super.dispose();
  }
}

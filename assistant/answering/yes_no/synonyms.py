"""Words that say the same in technical notes, Japanese and English, one row a meaning.

Stricter than what a retelling may trade (`checking.word_lists`): a yes or no is carried over from
one word of a row to any other. Dictionary forms, as `WordAnalyzer` gives them. What happens and
what is done (`変わる`, `変える`) stand together: the kind of predicate tells them apart.
"""

SAME_WORDS = """
使う 使用 利用 用いる 活用 消費 use
作る 作成 生成 用意 create make
変える 変わる 変更 切り替える 切り替わる 切替 切り替え change modify switch
消す 消える 削除 消去 外す 解除 delete remove
足す 追加 加える 付ける 付く 付与 関連 アタッチ add attach associate
選ぶ 選択 choose select
指定 書く 記述 記載 write specify
設定 決める 決まる set
置く 配置 place
取る 取得 get
送る 送信 流す send
受ける 受信 受け取る receive
広げる 広がる 拡張 拡大 増やす 増える 増加 expand increase
縮める 縮小 減らす 減る 減少 削減 shrink decrease reduce
延ばす 延びる 延長 extend
引き上げ 引き上げる raise
繋ぐ 繋がる 接続 connect
変換 convert
共有 share
暗号 暗号化 encrypt encryption
関数 function
始める 始まる 開始 start
止める 止まる 停止 stop
移す 移動 move
移行 migrate
起動 launch
戻す 戻る 復元 restore
復旧 recover recovery
再開 resume
複製 コピー copy
読む 読み取る read
保存 保管 save
記録 残す 残る record
通す 通る pass
届ける 届く reach
呼ぶ 呼び出す call invoke
予約 reserve
承認 approve
認証 authenticate authentication
引き継ぐ 継承 inherit
売る 売れる 転売 sell
入れる 入る
混ぜる 混在
統合 マージ merge
更新 update
失う 失われる lose
信頼 trust
関係 relationship
権限 permission
鍵 キー key
既定 デフォルト default
既存 existing
新しい 新規 new
別 他 other another
物理 physical
属性 attribute
規則 ルール rule
経路 ルート route
同じ 同一 same
毎 ごと every
内 中
リージョン region regional
""".strip().split("\n")

"""What a question asks for, in Japanese and English, written and spoken style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.composition.question_kinds import QuestionKind, classify_question
from tests.time_limit import time_limit

KINDS = {
    QuestionKind.YES_NO: """
        モードは後から選べますか
        暗号化の鍵は選べる?
        共有フォルダーは外出先からも開けますか
        そのプランって法人でも使える？
        再起動しなくても反映されますか？
        バックアップは暗号化されている?
        この設定のままでいいの?
        ログは消しても大丈夫?
        管理者の承認は必要ですか。
        追加料金ってかかる?
        二つの VPC を同じ名前にしてもいいんだっけ
        既定で有効になってるよね?
        何か事前の準備は必要?
        いつでも解約できますか
        どこからでも入れる?
        何もしなくても更新される?
        証明書は自動で更新されるという理解で合ってる?
        プロキシの裏側でも動くかどうか教えてください
        VPN は 2 本まで?
        Can I rename a bucket?
        Does the agent run on Windows?
        Is the traffic encrypted by default?
        Are snapshots free of charge?
        Do I need to restart the service after the change?
    """,
    QuestionKind.COMPARISON: """
        ALB と NLB の違いは?
        スナップショットとイメージは何が違うの?
        ポーリング方式と通知方式の違いを教えて
        SQS vs SNS
        同期と非同期、どっちが速い?
        gp2 と gp3 ならどちらが安いですか
        手動と自動では何が変わる?
        RPO と RTO はどう違うのか
        プル型とプッシュ型を比較して
        IPv4 に比べて IPv6 は何がいい?
        Terraform か CloudFormation か、どっちを選ぶべき?
        What is the difference between a role and a user?
        How does TCP differ from UDP?
        EBS versus EFS for shared storage
        Compare Standard and Express workflows.
        標準キューではなく FIFO を選ぶと何が変わりますか
    """,
    QuestionKind.HOW_MANY: """
        一つのアカウントに何個まで作れる?
        保管期間は最長で何日ですか
        1 件いくらかかる?
        タイムアウトの上限は?
        ファイルのサイズは最大どれくらい?
        同時に何人までつなげますか
        待ち時間は何秒?
        どのくらいの時間で切り替わる?
        何 GB まで無料?
        ポートはいくつ空けておけばいい?
        毎秒何件まで書き込める?
        How many rules can one group hold?
        How long are the logs kept?
        How much does a static address cost?
        What is the maximum number of listeners?
    """,
    QuestionKind.WHY: """
        なぜ再起動が要るのですか
        なんで応答が返ってこないの?
        どうして同じ範囲を使えないんですか?
        接続が切れる理由は?
        失敗した原因は何?
        毎回遅くなるのはなぜ?
        わざわざ二台に分けるのは何のため?
        Why is the health check failing?
        What is the reason for the delay?
        What causes a 502 error?
        なぜ 3 台も必要なの?
        夜だけ遅いのはどういうわけ?
    """,
    QuestionKind.HOW: """
        どうやって鍵を更新する?
        どうすれば費用を下げられますか
        鍵の更新方法を教えて
        サブネットを広げる手順は?
        名前を変えるにはどうしたらいい?
        この警告はどう直す?
        ログの見方は?
        どのように認証しますか
        外から届かないようにするには?
        ルートを手で足したいときの書き方は?
        How do I rotate a key?
        How can I reach the private host?
        how to resize a disk
        What is the best way to move the data?
    """,
    QuestionKind.WHICH: """
        費用が一番低いのはどれ?
        どのポリシーを使えばいいですか
        どちらのアカウントに請求されますか
        先に評価されるのはどっち?
        どの権限が要る?
        正しいものはどれですか。
        向いているサービスはどれ?
        誤っているものを 2 つ選べ。
        Which class has the lowest latency?
        In which Region must the certificate be?
        どのタイミングで課金が始まる?
        どっちのルートが優先?
    """,
    QuestionKind.LIST: """
        どんな種類がありますか
        選べるモードには何がある?
        対応しているエンジンの一覧は?
        制限をすべて挙げて
        ルーティングポリシーの種類を教えて
        使えないポートはどれとどれ?
        ほかにどんな方法がありますか
        前提条件を全部教えてください
        利用できるプロトコルを列挙して
        What are the supported protocols?
        List all storage classes.
        Which modes are available?
        構成の選択肢は?
    """,
    QuestionKind.WHAT: """
        ウォームスタンバイとは?
        ENI って何?
        既定のポリシー名は何ですか
        ログはどこに保存される?
        設定はいつ反映されますか
        鍵は誰が管理する?
        メトリクス名は?
        代わりに何を使う?
        じゃあ NLB は?
        リゾルバーについて教えて
        What is a bastion host?
        Where are the logs stored?
        When does the lease expire?
    """,
    QuestionKind.OTHER: """
        VPC エンドポイント ポリシー
        MaxConnections 既定値
        夜間だけサーバーを止めて費用を抑えたい。
        ありがとう
        rotate a key right now
        別々の組織で同じ鍵を使い回している。
        ネットワークの構成図
    """,
}

# Written before the rules, and never used to mend them.
UNSEEN = {
    QuestionKind.YES_NO: """
        暗号化は後から外せますか？
        そもそも踏み台って要るんですか
        スポットでも料金は秒単位?
        プライベート IP は停止しても変わらない?
        ウイルス対策ソフトを入れたままで問題ない?
        May I delete the default subnet?
        Will the address change after a reboot?
    """,
    QuestionKind.COMPARISON: """
        ゲートウェイ型とインターフェイス型って何がちがう?
        Redis と Memcached の使い分けを教えてください
        オンデマンドとリザーブド、安いのはどっち
        differences between NAT gateway and NAT instance
        パブリックサブネットとプライベートサブネットはどこが違うの
    """,
    QuestionKind.HOW_MANY: """
        レプリカは何台まで増やせますか
        ログの保存期間は既定で何か月?
        転送は 1 GB あたり何円?
        How long does failover take?
        フェイルオーバーにどれくらい時間がかかる?
    """,
    QuestionKind.WHY: """
        なぜ NAT の後ろだと切断されるんだろう
        書き込みが失敗し続けるのはどうして?
        権限はあるのに拒否される原因って何?
        Why do I need two tunnels?
    """,
    QuestionKind.HOW: """
        停止したまま中身を確かめるには
        別の口座へイメージを渡すにはどうすればいいですか?
        バージョンの戻し方
        How should I monitor queue depth?
        キャッシュを消す方法
    """,
    QuestionKind.WHICH: """
        一番遅い階層はどれですか
        どのリージョンに証明書を置く?
        どちらが料金を払う?
        Which header carries the client address?
    """,
    QuestionKind.LIST: """
        認証方式にはどのようなものがありますか
        料金に含まれるものを全て教えて
        ストレージクラスの種類は?
        What are the limits of the free plan?
    """,
    QuestionKind.WHAT: """
        フェデレーションって何のこと?
        トークンはどこに置けばいい?
        既定の暗号方式は?
        Who approves the request?
    """,
    QuestionKind.OTHER: """
        CIDR 重複
        落ちた仮想マシンを自動で立て直したい
    """,
}


def read_rows(table: dict[QuestionKind, str]) -> list[tuple[str, QuestionKind]]:
    return [
        (line.strip(), kind) for kind, lines in table.items() for line in lines.strip().splitlines()
    ]


@pytest.mark.parametrize(("question", "kind"), read_rows(KINDS))
def test_the_kind_of_a_question(question: str, kind: QuestionKind) -> None:
    assert classify_question(question) is kind


def test_of_forty_unseen_questions_at_most_two_are_wrong() -> None:
    rows = read_rows(UNSEEN)
    wrong = [(q, kind, found) for q, kind in rows if (found := classify_question(q)) is not kind]
    assert len(rows) == 40
    assert len(wrong) <= 2, wrong


def test_there_are_enough_rows() -> None:
    assert len(read_rows(KINDS)) >= 120


@given(st.text(max_size=300))
def test_any_text_has_a_kind(text: str) -> None:
    assert classify_question(text) in QuestionKind


@pytest.mark.parametrize(
    "text", ["", "   ", "\ud800", "\x00\x1b[31m", "?", "???", "はい", "[[[[((("]
)
def test_text_without_a_question_is_other(text: str) -> None:
    assert classify_question(text) is QuestionKind.OTHER


@pytest.mark.parametrize(
    "piece", ["あ", "か?", "どの", "difference between ", "と", "何", "1", "AとB"]
)
def test_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with time_limit(1):
        classify_question(text)

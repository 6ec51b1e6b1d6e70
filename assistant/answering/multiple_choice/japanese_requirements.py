"""The phrases by which Japanese questions say what the right option must be like.

Most take a superlative or a verb to demand something (「コストを抑えたい」); the bare word is but a
topic (「コストの内訳」). Inflected endings belong to a phrase, so that it is not cut within a word.
"""

from collections.abc import Mapping

from assistant.answering.multiple_choice.requirement_kinds import RequirementKind

_MOST = r"(?:最も|もっとも|一番|いちばん|できるだけ|できる限り|なるべく|可能な限り|極力)"
_OF = r"(?:の|が|を|は)?"
_DO = r"(?:したい|したく|しつつ|しながら|する|した|して|させたい|させる|し)?"
_DO_GODAN = r"(?:したい|したく|しつつ|しながら|す|して|し)?"
_DO_ICHIDAN = r"(?:たい|たく|つつ|ながら|る|て|た)?"
# But not the で of 「低遅延ではない」, which takes the demand back.
_BEFORE_NOUN = r"(?:な|の|で(?![はも]))?"
_NOT_DOING = r"(?:せずに?|しないで|しない|することなく|したくない|なしで|なしに|なし)"
_SMALLEST = r"最(?:小限|低限|小|低|少)"
_LEAST = (
    rf"{_SMALLEST}(?:に(?:抑え{_DO_ICHIDAN}|とどめ{_DO_ICHIDAN}|したい|しつつ|する|して|し)"
    rf"|化{_DO}|で|の)?"
)
_REDUCE = (
    rf"(?:(?:抑え|下げ|避け){_DO_ICHIDAN}|減ら{_DO_GODAN}"
    rf"|(?:削減|軽減|節約|低減|最適化){_DO})"
)
_IMPROVE = rf"(?:(?:最大限に)?(?:高め|上げ){_DO_ICHIDAN}|(?:確保|向上|維持|強化|最大化){_DO})"
_HIGH = r"(?:高い|高く|良い|良く|よい|いい|優れた)"
_LOW = r"(?:低い|低く|少ない|少なく|小さい|小さく|短い|短く)"
_FREE = r"(?:かからない|かけない|かけたくない|かけずに?)"

_COST = r"(?:運用|総|全体の|月額)?(?:コスト|費用|料金|出費)"
_WORTH = r"(?:費用対効果|コスト効率|コスト効果|コストパフォーマンス|コスパ)"
_EFFORT = r"(?:オーバーヘッド|手間|労力|負荷|負担|作業|工数)"
_WORK = (
    rf"(?:(?:運用|管理|保守)(?:上の|面の|の|にかかる)?{_EFFORT}"
    r"|(?<![発装築])(?<![発装築]の)(?<!かかる)(?:オーバーヘッド|手間|労力))"
)
_BUILDING = rf"(?:開発|実装|構築)(?:の|にかかる)?{_EFFORT}"
_CHANGE = r"(?:変更|修正|改修)"
_CODE = r"(?:ソースコード|コード|アプリケーション|アプリ|プログラム|既存の(?:構成|環境|仕組み))"
_DOWN = r"(?:ダウンタイム|停止時間|停止|中断時間|中断)"
_SERVICE = r"(?:業務|サービス|システム|サイト|処理)"
_LATENCY = r"(?:遅延|レイテンシー?|待ち時間|応答時間)"
_SPEED = r"(?:性能|パフォーマンス|スループット|処理速度)"
_EARLY = r"(?:早く|速く|迅速に|素早く|短時間で|短期間で)"
_BUILD = r"(?:実装|導入|構築|実現|展開|移行)?"
_RECOVERY = r"(?:RTO|RPO|目標復旧時間|目標復旧時点|復旧までの時間|復旧時間|復旧)"
_INTERNET = r"(?:インターネット|公衆網|公衆回線|パブリックネットワーク)"

JAPANESE_PHRASES: Mapping[RequirementKind, tuple[str, ...]] = {
    RequirementKind.LOWEST_COST: (
        rf"{_MOST}?{_WORTH}{_OF}{_MOST}?{_HIGH}",
        rf"{_MOST}(?:低コスト|安価|安い|安く|費用をかけず|お金をかけず)(?:で|な|に)?",
        rf"{_COST}{_OF}{_MOST}(?:{_LOW}|安い|安く|{_FREE})",
        rf"{_COST}{_OF}{_MOST}?(?:{_LEAST}|{_REDUCE})",
        rf"{_SMALLEST}の{_COST}で?",
        r"最安値?の|最安値?で|低コスト(?:で(?![はも])|に)",
        r"追加の?(?:料金|費用|コスト)(?:なしで|なしに|なし|をかけずに?|を払わずに?)",
    ),
    RequirementKind.LEAST_EFFORT: (
        rf"{_WORK}{_OF}{_MOST}?(?:{_LEAST}|{_REDUCE}|{_LOW}|{_FREE})",
        rf"{_SMALLEST}の(?:運用上の|運用|管理上の|管理|保守)?{_EFFORT}で?",
        rf"{_MOST}(?:手間|労力){_OF}(?:{_LOW}|{_FREE})",
        rf"{_MOST}?運用(?:上の)?効率{_OF}{_MOST}?{_HIGH}",
        rf"{_MOST}(?:簡単|容易|シンプル|手軽|単純)[なにで]?",
        rf"サーバー?[のを]?(?:管理|運用)(?:を?{_NOT_DOING}|が不要)",
    ),
    RequirementKind.LEAST_DEVELOPMENT: (
        rf"{_BUILDING}{_OF}{_MOST}?(?:{_LEAST}|{_REDUCE}|{_LOW}|{_FREE})",
        rf"{_SMALLEST}の(?:開発|実装)の?{_EFFORT}?で?",
    ),
    RequirementKind.LEAST_CHANGE: (
        rf"{_CHANGE}(?:点|箇所|量)?{_OF}{_MOST}?(?:{_LEAST}|{_LOW}|抑え{_DO_ICHIDAN})",
        rf"{_SMALLEST}の(?:{_CODE}の?|構成の)?{_CHANGE}で?",
        (
            rf"{_CODE}[にをはの]?(?:一切|何も)?{_CHANGE}"
            rf"(?:を加えずに?|を加えることなく|を?{_NOT_DOING})"
        ),
        rf"{_CODE}[をに](?:書き換え|変え|手を入れ|手を加え)(?:ずに?|ることなく|ないで|ない|たくない)",
    ),
    RequirementKind.LEAST_DOWNTIME: (
        (
            rf"{_DOWN}{_OF}{_MOST}?(?:{_LEAST}|{_LOW}|ゼロ[でに]?|最短[でに]?"
            rf"|なしで|なしに|なし|なくし(?:たい|て)|なく|発生させずに?|発生させない|許されない"
            rf"|許容できない|(?:避け|抑え){_DO_ICHIDAN})"
        ),
        rf"{_SMALLEST}の{_DOWN}で?",
        r"無停止[での]?",
        (
            rf"{_SERVICE}を(?:止め(?:ずに?|ることなく|ないで|ない|たくない|られない)"
            r"|(?:停止|中断)(?:せずに?|させずに?|することなく|しないで))"
        ),
    ),
    RequirementKind.LEAST_PRIVILEGE: (r"(?:必要)?最小(?:限の)?権限(?:の原則|だけ|のみ)?",),
    RequirementKind.LOWEST_LATENCY: (
        rf"{_MOST}?低い?(?:遅延|レイテンシー?){_BEFORE_NOUN}",
        rf"{_LATENCY}{_OF}{_MOST}?(?:{_LEAST}|{_REDUCE}|{_LOW}|短縮{_DO})",
        rf"ミリ秒(?:未満|以下|単位|台)[ので]?(?:{_LATENCY}|応答)?",
        rf"{_MOST}(?:速い|早い|速く|早く)応答",
    ),
    RequirementKind.HIGHEST_PERFORMANCE: (
        rf"{_MOST}(?:高性能|高速|{_SPEED}の(?:高い|良い))[なにで]?",
        rf"{_SPEED}{_OF}{_MOST}?(?:{_IMPROVE}|最大限に引き出し?|最適化{_DO}|高い|優れた)",
        rf"最[高大]の?(?:{_SPEED}|IOPS)[をでが]?",
        rf"(?:高性能|高スループット(?!モード)|ハイパフォーマンス){_BEFORE_NOUN}",
    ),
    RequirementKind.HIGH_AVAILABILITY: (
        r"高い?可用性?",
        rf"可用性{_OF}{_MOST}?(?:{_HIGH}|{_IMPROVE}|保(?:ちたい|ち|つ))",
    ),
    RequirementKind.FAULT_TOLERANCE: (
        rf"耐障害性(?:[のが]{_MOST}?(?:高い|高く|ある)|を{_IMPROVE})?",
        r"フォールト・?トレラン(?:ト|ス)[なのを]?|障害耐性|レジリエン(?:トな|ト|スの高い|ス|シー)",
        rf"(?:障害|故障)に{_MOST}?も?(?:強い|強く|耐えられる|耐え{_DO_ICHIDAN})",
        r"回復[力性]の(?:高い|ある)",
        rf"単一障害点(?:[のが]ない|を(?:なく{_DO_GODAN}|排除{_DO}|避け{_DO_ICHIDAN}|作らない))",
        rf"(?:障害|故障)が(?:起きて|起こって|発生して)も{_SERVICE}?を?(?:続け|継続|止まら)",
    ),
    RequirementKind.DURABILITY: (
        rf"耐久性(?:[のが]{_MOST}?(?:高い|高く)|を{_IMPROVE})|高い?耐久性?",
        (
            r"データの?(?:損失|消失|喪失|欠損)(?:を?(?:防ぎたい|防ぐ|避けたい|避ける)|なしで|なしに|なし"
            r"|[がのは](?:ない|許されない|許容できない)|なく|を(?:最小限に|ゼロに))"
        ),
        r"データを(?:一切|決して)?失(?:わない|わずに?|いたくない|うことなく|ってはならない)",
    ),
    RequirementKind.SCALABILITY: (
        r"スケーラブル[なに]?",
        rf"スケーラビリティ(?:[のが]{_MOST}?高い|を(?:備え|{_IMPROVE}))?",
        rf"拡張性(?:[のが]{_MOST}?(?:高い|高く|ある)|を(?:備え{_DO_ICHIDAN}|{_IMPROVE}))",
        r"自動(?:的に|で)(?:スケール|拡張|増減|伸縮)(?:したい|する|させたい|させる|できる)?",
        (
            r"(?:負荷|需要|アクセス|トラフィック)(?:の増減|の変動)?に(?:応じて|合わせて)"
            r"(?:自動(?:的に|で))?(?:スケール|拡張|伸縮|増減)"
        ),
        r"(?:急増|急な増加)にも?(?:耐え|対応)(?:たい|られる|る|したい|する|できる)?",
    ),
    RequirementKind.MOST_SECURE: (
        rf"{_MOST}(?:安全|セキュア|(?:安全性|セキュリティ)の高い)[なにで]?",
        rf"(?:セキュリティ|安全性)[をがの]{_MOST}?(?:{_IMPROVE}|高い|高く|強固な)",
        r"(?:安全|セキュア)に(?=アクセス|接続|保管|保存|共有|転送|配|渡|送|管理)",
    ),
    RequirementKind.PRIVATE_NETWORK: (
        (
            rf"{_INTERNET}[をにへは](?:一切)?(?:経由(?:{_NOT_DOING}|させずに?|させない)"
            r"|通(?:らずに?|らない|さずに?|さない|ることなく)|出(?:ずに?|さずに?|さない|ることなく)"
            rf"|公開{_NOT_DOING})"
        ),
    ),
    RequirementKind.FASTEST_TO_IMPLEMENT: (
        rf"{_MOST}(?:{_EARLY}|すぐに?)(?!復旧|回復|応答){_BUILD}",
        rf"最短の?(?:時間|期間|日数)?で(?!復旧|回復){_BUILD}",
        r"至急|早急に|速やかに",
    ),
    RequirementKind.FASTEST_RECOVERY: (
        rf"{_RECOVERY}{_OF}{_MOST}?(?:{_LEAST}|{_LOW}|最短[にで]?|短縮{_DO}|早い|早く)",
        rf"(?:{_MOST}{_EARLY}|最短(?:時間)?で)(?:復旧|回復){_DO}",
    ),
}

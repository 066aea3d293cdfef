"""What do the customers of a made desk ask about, and what are they told?

Every text is a plain YAML scalar as it stands (no `: `, no ` #`), so that a ticket is written without a
library. Places in braces are filled by `story.begun`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One kind of problem: what triage says of it, and the texts of its two sides."""

    type: str
    category: str
    product: str
    team: str
    fields: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    question: str
    missing: str
    answer: str
    solution: str
    resolution: str
    code: str
    cause: str


ZH = (
    Matter(
        type="product",
        category="fault",
        product="invoicing",
        team="tech",
        fields=(
            ("version", "5.3.{digit}"),
            ("symptom", "点“提交”后弹出 {code}，单据停在待提交"),
            ("steps", "开票管理 → 新建 → 填写抬头 → 提交"),
            ("evidence", "报错截图一张"),
            ("account", "{account}"),
            ("environment", "Windows 11，Chrome 130"),
            ("expected", "提交后直接生成"),
        ),
        titles=(
            "开票时报错 {code}，无法提交",
            "{city}店开不了发票，提示 {code}",
            "提交发票后一直显示 {code}",
        ),
        words=(
            "今天上午开始，我们财务开票一直报错 {code}，换了两台电脑都一样。",
            "手上还有 {number} 张发票等着开，{city}的客户下午四点前要收到。",
        ),
        question="请补充报错时右上角显示的企业编号后四位，以及昨天同一个开票员能否开票。",
        missing="企业编号后四位",
        answer="编号后四位是 {number}，昨天下午五点还开过一张，是正常的。",
        solution="已把税控组件退回到上一个版本并重新加载证书，请重新登录后再提交一次。",
        resolution="组件更新后没有重新加载证书，已回滚",
        code="fixed",
        cause="product",
    ),
    Matter(
        type="product",
        category="quality",
        product="pos",
        team="quality",
        fields=(
            ("model", "PT-{digit}0"),
            ("serial", "SN{number}{number}"),
            ("bought_at", "{long_ago}"),
            ("evidence", "照片两张，看得到卡纸的位置"),
        ),
        titles=("打印机 PT-{digit}0 每打十张就卡纸", "{city}店的小票打印机总是卡纸", "新到的打印机走纸偏斜"),
        words=(
            "上个月买的打印机 PT-{digit}0，用了不到三周就开始卡纸，清洁过滚轴也没有用。",
            "{city}店一天要打 {number} 张小票，每次都要关机重来，顾客等得不耐烦。",
        ),
        question="请把打印机底部的标签拍给我们，并说明用的是哪一种纸。",
        missing="标签照片和纸的规格",
        answer="标签已拍，纸是 80 毫米热敏纸，{number} 卷一箱的那种。",
        solution="确认是走纸轮的批次问题，新机今天寄出，旧机由快递员上门取回，费用由我们承担。",
        resolution="走纸轮批次不良，已换新机",
        code="replaced",
        cause="product",
    ),
    Matter(
        type="service",
        category="delivery",
        product="pos",
        team="operations",
        fields=(("promised_at", "{ago}"),),
        titles=("标签秤过了承诺日期还没送到", "订单 {order} 物流三天没有更新", "{city}的货什么时候能到"),
        words=(
            "订单 {order} 页面上写的是昨天送达，到现在还停在{city}转运中心，两天没有更新了。",
            "想问一下到底什么时候能到，到不了我们就在本地买了，开业还剩 {digit} 天。",
        ),
        question="请确认收货地址最近有没有变更过，明天门店是否有人签收。",
        missing="收货地址和签收人",
        answer="地址没变，明天全天有人，电话打 {number} 分机。",
        solution="包裹今晚从{city}发车，明天 18:00 前派送，快递员会提前打电话；已补一张耗材券。",
        resolution="路面结冰滞留，跟进派送并补偿",
        code="compensated",
        cause="outside",
    ),
    Matter(
        type="inquiry",
        category="account",
        product="app",
        team="support",
        fields=(("account", "{account}"),),
        titles=("换手机后登录不了，提示账号已锁定", "店长离职了，账号怎么转给新店长", "收不到登录短信"),
        words=(
            "{city}店的店长昨天换了手机，登录时一直提示账号已锁定，请稍后再试。",
            "我们试了 {digit} 次，现在连电脑端也进不去，员工排班发不出来。",
        ),
        question="请告诉我们店长的姓名和账号，以及最后一次正常登录大概是什么时候。",
        missing="账号和最后登录时间",
        answer="账号是 {account}，上周五晚上还能登录。",
        solution="账号已解锁并绑定新手机，请用新手机号重新获取一次短信，登录后在安全设置里核对设备。",
        resolution="多次输错后锁定，已核实身份并解锁",
        code="answered",
        cause="people",
    ),
    Matter(
        type="request",
        category="refund",
        product="app",
        team="finance",
        fields=(("amount", "{number}"), ("reason", "重复扣款")),
        titles=("门店版年费重复扣款，申请退款", "订单 {order} 多扣了 {number} 元", "退货两周还没有收到退款"),
        words=(
            "门店版的年费扣了两次，订单 {order} 和前一天那一单金额一样，都是 {number} 元。",
            "银行流水可以发给你们，请把多扣的一笔原路退回，{city}分公司月底要对账。",
        ),
        question="请把两笔扣款的银行流水截图发来，卡号只留后四位。",
        missing="银行流水截图",
        answer="流水发了，两笔都在同一天，尾号 {number}。",
        solution="核实为系统重试造成的重复扣款，{number} 元已原路退回，一般三个工作日到账。",
        resolution="扣款重试造成重复，已退款",
        code="refunded",
        cause="process",
    ),
    Matter(
        type="complaint",
        category="attitude",
        product="app",
        team="quality-audit",
        fields=(("when_and_where", "昨天下午，{city}店现场"), ("shop", "{city}店")),
        titles=("上门安装人员态度差，没装完就走了", "客服电话里说话很不客气", "{city}店的安装迟到两个小时"),
        words=(
            "昨天预约的安装，师傅迟到一个半小时，来了以后嫌我们线没布好，装到一半就走了。",
            "花钱买服务，不是买气受，{city}店到现在收银台还是空的，请给一个说法。",
        ),
        question="请告诉我们师傅到店和离开的大概时间，现场还差哪些没有装。",
        missing="到店和离开的时间",
        answer="三点半到的，四点多一点就走了，打印机和 {digit} 个钱箱都没有接。",
        solution="补装已完成，设备逐项测试正常，安装费 {number} 元已退回，服务商已书面致歉。",
        resolution="外包人员未完工离场，换人补装并致歉",
        code="compensated",
        cause="people",
    ),
    Matter(
        type="inquiry",
        category="how-to",
        product="stock",
        team="support",
        fields=(),
        titles=("盘点单怎么分给两个人做", "怎么让新员工只看{city}店的库存", "调拨单审核以后还能不能改"),
        words=(
            "我们{city}店有 {number} 个货位，一个人盘点要两天，想分给两个人同时做。",
            "手册里只写了一个人的做法，请问在哪里可以分配，做完怎么合并。",
        ),
        question="请说明目前用的是按货位盘点还是按商品盘点。",
        missing="盘点方式",
        answer="按货位盘点，每个货位 {digit} 到 {number} 种商品。",
        solution="在“盘点—任务”里按货位范围拆成两张子单，各自提交后由店长点“合并差异”即可，步骤图已发。",
        resolution="说明了拆分与合并盘点单的步骤",
        code="answered",
        cause="documentation",
    ),
    Matter(
        type="product",
        category="api",
        product="stock",
        team="tech",
        fields=(
            ("endpoint", "/v2/webhooks/stock-{digit}"),
            ("request_id", "req-{number}-{digit}f3a"),
            ("account", "{account}"),
        ),
        titles=(
            "库存变更 webhook 签名校验不通过",
            "接口返回 {code}，文档里没有写",
            "推送延迟，{city}仓库存不准",
        ),
        words=(
            "我们对接库存变更的 webhook，按文档算出来的签名和请求头里的始终不一致，返回 {code}。",
            "测试环境可以，正式环境不行，{city}仓每天 {number} 次推送都要人工补。",
        ),
        question="请给一个失败请求的编号和收到的时间，密钥不要发。",
        missing="失败请求的编号",
        answer="编号已写在工单字段里，今天第 {number} 次推送也失败了。",
        solution="正式环境的签名多了一个换行，今晚修复并补推失败的消息；示例代码已更新到文档。",
        resolution="签名前多一个换行，已修复并补推",
        code="fixed",
        cause="product",
    ),
)

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("code", models.CharField(max_length=20, verbose_name="代码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("short_name", models.CharField(max_length=20, verbose_name="简称")),
                ("sort_key", models.CharField(default="", editable=False, max_length=200, verbose_name="拼音")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("area", "管理委员会（区人民政府）"),
                            ("bureau", "司法局"),
                            ("section", "科室（中心）"),
                            ("department", "部门"),
                            ("street", "街道（镇）"),
                            ("organisation", "组织（机构）"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="设立日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="可见单位",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="调整日期")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据文件")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="原单位",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="承继单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构沿革",
                "verbose_name_plural": "机构沿革",
            },
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["jurisdiction", "kind"], name="orgs_unit_kind"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "code"), name="orgs_unit_code"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "bureau"), ("valid_to", None)),
                fields=("jurisdiction",),
                name="orgs_one_bureau",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="orgs_unit_period",
                violation_error_message="撤销日期不能早于设立日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "predecessor", "successor", "on"), name="orgs_succession_once"
            ),
        ),
    ]
